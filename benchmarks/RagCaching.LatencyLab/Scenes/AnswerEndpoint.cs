using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;

namespace RagCaching.LatencyLab.Scenes;

/// <summary>A sample endpoint: <c>GET /ask?question=...</c> answers with server-sent events, the text piece by piece and then where it came from.</summary>
internal static class AnswerEndpoint
{
    public static Task HandleAsync(RagPipeline pipeline, HttpContext context)
    {
        var question = context.Request.Query["question"].ToString();
        return string.IsNullOrWhiteSpace(question)
            ? Results.BadRequest("question must not be blank.").ExecuteAsync(context)
            : TypedResults.ServerSentEvents(EventsAsync(pipeline, question, context.RequestAborted)).ExecuteAsync(context);
    }

    private static async IAsyncEnumerable<SseItem<string>> EventsAsync(RagPipeline pipeline, string question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var answer = pipeline.StreamAsync(question, cancellationToken: cancellationToken);
        await foreach (var update in answer.WithCancellation(cancellationToken))
        {
            if (update.Text.Length > 0)
            {
                yield return new SseItem<string>(update.Text, "text");
            }
        }

        var whole = await answer.Completion;
        yield return new SseItem<string>($"{whole.Outcome} from {string.Join(", ", whole.SourceVersions.Keys)}", "origin");
    }
}
