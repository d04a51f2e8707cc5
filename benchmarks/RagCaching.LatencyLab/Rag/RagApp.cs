using Microsoft.Extensions.AI;

namespace RagCaching.LatencyLab.Rag;

/// <summary>The application: a pipeline, asked as one technique asks it.</summary>
internal sealed class RagApp(RagPipeline pipeline, bool cachesAnswers, bool streams, TimeProvider time)
{
    public RagPipeline Pipeline => pipeline;

    /// <summary>Answers a question.</summary>
    public async Task<RagReply> AskAsync(string question, CancellationToken cancellationToken)
    {
        var trace = new RequestTrace();
        RequestTrace.Current = trace;
        var options = cachesAnswers ? null : new ChatOptions().WithSemanticCache(request => request.Mode = SemanticCacheMode.Bypass);
        return streams
            ? await StreamAsync(question, options, trace, cancellationToken)
            : new RagReply { Answer = await pipeline.AskAsync(question, options, cancellationToken), Embedding = trace.Embedding, Streams = false };
    }

    private async Task<RagReply> StreamAsync(string question, ChatOptions? options, RequestTrace trace, CancellationToken cancellationToken)
    {
        string? responseId = null;
        long? firstToken = null;
        var stream = pipeline.StreamAsync(question, options, cancellationToken);
        await foreach (var update in stream.WithCancellation(cancellationToken))
        {
            responseId ??= update.ResponseId;
            if (update.Text.Length > 0)
            {
                firstToken ??= time.GetTimestamp();
            }
        }

        return new RagReply
        {
            Answer = await stream.Completion,
            Embedding = trace.Embedding,
            Streams = true,
            ResponseId = responseId,
            FirstTokenTimestamp = firstToken ?? 0,
        };
    }
}
