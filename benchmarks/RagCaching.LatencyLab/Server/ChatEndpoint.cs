using System.Globalization;
using Microsoft.AspNetCore.Http;
using RagCaching.LatencyLab.Models;
using RagCaching.LatencyLab.Server.Wire;

namespace RagCaching.LatencyLab.Server;

/// <summary><c>POST /v1/chat/completions</c>, whole or as a stream of server-sent events.</summary>
internal sealed class ChatEndpoint(ExtractiveAnswerer answerer, StandInLatencies latencies, ServerRecords records, TimeProvider time)
{
    private const string Assistant = "assistant";
    private const string Stop = "stop";

    public async Task HandleAsync(HttpContext context)
    {
        var received = time.GetTimestamp();
        var request = await context.Request.ReadFromJsonAsync(WireContext.Default.ChatRequest, context.RequestAborted);
        if (request?.Messages is not { Count: > 0 } messages)
        {
            await BadRequest.WriteAsync(context, "messages must not be empty.");
            return;
        }

        var id = string.Create(CultureInfo.InvariantCulture, $"chatcmpl-{records.ChatCalled()}");
        var prompt = messages.LastOrDefault(message => message.Role == "user")?.Text() ?? "";
        var instructions = string.Join('\n', messages.Where(message => message.Role == "system").Select(message => message.Text()));
        var answer = await answerer.AnswerAsync(prompt, instructions, context.RequestAborted);
        var completionTokens = Tokens.Of(answer);
        var promptTokens = messages.Sum(message => Tokens.Of(message.Text()));
        var usage = new TokenUsage(promptTokens, completionTokens, promptTokens + completionTokens);
        records.Answered(id, promptTokens, completionTokens);
        var times = latencies.Of(request.Model ?? "", promptTokens);
        await (request.Stream
            ? StreamAsync(context, request, id, answer, usage, times, received)
            : AnswerAsync(context, request, id, answer, usage, times, received));
    }

    private async Task AnswerAsync(HttpContext context, ChatRequest request, string id, string answer, TokenUsage usage, AnswerTimes times, long received)
    {
        await time.WaitUntilAsync(received, times.WholeAnswer, context.RequestAborted);
        var choice = new ChatChoice(0, Message: new ChatText(Assistant, answer), FinishReason: Stop);
        var completion = new ChatCompletion(id, "chat.completion", Now(), request.Model, [choice], usage);
        await context.Response.WriteAsJsonAsync(completion, WireContext.Default.ChatCompletion, cancellationToken: context.RequestAborted);
    }

    private async Task StreamAsync(HttpContext context, ChatRequest request, string id, string answer, TokenUsage usage, AnswerTimes times, long received)
    {
        var events = new ServerSentEvents(context);
        var pieces = AnswerPieces.Of(answer);
        var rest = times.WholeAnswer - times.FirstToken;
        records.StreamOpened();
        try
        {
            for (var i = 0; i < pieces.Count; i++)
            {
                // Each piece has its own moment, so that one that is late does not delay those after it.
                await time.WaitUntilAsync(received, times.FirstToken + (rest * i / Math.Max(1, pieces.Count - 1)), context.RequestAborted);
                if (i == 0)
                {
                    records.FirstTokenSent(id, time.GetTimestamp());
                }

                await events.SendAsync(Chunk(request, id, new ChatChoice(0, Delta: new ChatText(i == 0 ? Assistant : null, pieces[i]))), WireContext.Default.ChatCompletion);
            }
        }
        finally
        {
            records.StreamClosed();
        }

        await events.SendAsync(Chunk(request, id, new ChatChoice(0, Delta: new ChatText(null, null), FinishReason: Stop)), WireContext.Default.ChatCompletion);
        if (request.StreamOptions?.IncludeUsage == true)
        {
            await events.SendAsync(new ChatCompletion(id, "chat.completion.chunk", Now(), request.Model, [], usage), WireContext.Default.ChatCompletion);
        }

        await events.EndAsync();
    }

    private ChatCompletion Chunk(ChatRequest request, string id, ChatChoice choice) => new(id, "chat.completion.chunk", Now(), request.Model, [choice]);

    private long Now() => time.GetUtcNow().ToUnixTimeSeconds();
}
