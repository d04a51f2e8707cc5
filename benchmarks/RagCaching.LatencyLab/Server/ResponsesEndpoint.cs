using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using RagCaching.LatencyLab.Models;
using RagCaching.LatencyLab.Server.Wire;

namespace RagCaching.LatencyLab.Server;

/// <summary><c>POST /v1/responses</c>, whole or as a stream of server-sent events. Keeps conversations unless told otherwise.</summary>
internal sealed class ResponsesEndpoint(ExtractiveAnswerer answerer, StandInLatencies latencies, ServerRecords records, StreamDeviations deviations, TimeProvider time)
{
    private const string Completed = "completed";
    private const string InProgress = "in_progress";

    private readonly ConcurrentDictionary<string, bool> _kept = new(StringComparer.Ordinal);

    public async Task HandleAsync(HttpContext context)
    {
        var received = time.GetTimestamp();
        var request = await context.Request.ReadFromJsonAsync(WireContext.Default.ResponsesRequest, context.RequestAborted);
        if (request?.Messages() is not { Count: > 0 } messages)
        {
            await BadRequest.WriteAsync(context, "input must not be empty.");
            return;
        }

        if (request.PreviousResponseId is { } previous && !_kept.ContainsKey(previous))
        {
            await BadRequest.WriteAsync(context, $"Previous response with id '{previous}' not found.");
            return;
        }

        var id = string.Create(CultureInfo.InvariantCulture, $"resp_{records.ChatCalled()}");
        _ = request.Store == false || _kept.TryAdd(id, true);
        var prompt = messages.LastOrDefault(message => message.Role == "user")?.Text() ?? "";
        var answer = await answerer.AnswerAsync(prompt, request.Instructions ?? "", context.RequestAborted);
        var promptTokens = messages.Sum(message => Tokens.Of(message.Text()));
        var outputTokens = Tokens.Of(answer);
        var usage = new ResponsesUsage(promptTokens, outputTokens, promptTokens + outputTokens);
        var times = latencies.Of(request.Model ?? "", promptTokens);
        await (request.Stream
            ? StreamAsync(context, request, id, answer, usage, times, received)
            : AnswerAsync(context, request, id, answer, usage, times, received));
    }

    private async Task AnswerAsync(HttpContext context, ResponsesRequest request, string id, string answer, ResponsesUsage usage, AnswerTimes times, long received)
    {
        await time.WaitUntilAsync(received, times.WholeAnswer, context.RequestAborted);
        var whole = Answer(request, id, Completed, Message(id, answer, Completed)) with { Usage = usage };
        await context.Response.WriteAsJsonAsync(whole, WireContext.Default.ResponsesAnswer, cancellationToken: context.RequestAborted);
    }

    private async Task StreamAsync(HttpContext context, ResponsesRequest request, string id, string answer, ResponsesUsage usage, AnswerTimes times, long received)
    {
        var events = new ServerSentEvents(context);
        var pieces = AnswerPieces.Of(answer);
        var rest = times.WholeAnswer - times.FirstToken;
        var number = 0;
        records.StreamOpened();
        try
        {
            foreach (var next in EventsOf(request, id, answer, pieces, usage))
            {
                if (number == deviations.EndsAfter)
                {
                    End(context);
                    return;
                }

                if (next.Delta is not null)
                {
                    var piece = next.SequenceNumber;
                    await time.WaitUntilAsync(received, times.FirstToken + (rest * piece / Math.Max(1, pieces.Count - 1)), context.RequestAborted);
                    if (piece == 0)
                    {
                        records.FirstTokenSent(id, time.GetTimestamp());
                    }
                }

                await events.SendAsync(next with { SequenceNumber = number++ }, WireContext.Default.ResponsesEvent, next.Type);
            }
        }
        finally
        {
            records.StreamClosed();
        }
    }

    // The number of a piece of text is its place among the pieces, by which it has its moment.
    private IEnumerable<ResponsesEvent> EventsOf(ResponsesRequest request, string id, string answer, List<string> pieces, ResponsesUsage usage)
    {
        var message = Message(id, text: null, InProgress);
        yield return new ResponsesEvent("response.created", 0) { Response = Answer(request, id, InProgress) };
        if (deviations.SendsUnknownEvents)
        {
            yield return new ResponsesEvent("response.weather.changed", 0) { Text = "sunny" };
        }

        yield return new ResponsesEvent("response.output_item.added", 0) { OutputIndex = 0, Item = message };
        for (var i = 0; i < pieces.Count; i++)
        {
            yield return new ResponsesEvent("response.output_text.delta", i) { ItemId = message.Id, OutputIndex = 0, ContentIndex = 0, Delta = pieces[i] };
        }

        yield return new ResponsesEvent("response.output_text.done", 0) { ItemId = message.Id, OutputIndex = 0, ContentIndex = 0, Text = answer };
        var whole = Message(id, answer, Completed);
        yield return new ResponsesEvent("response.output_item.done", 0) { OutputIndex = 0, Item = whole };
        if (deviations.SendsUnknownEvents)
        {
            yield return new ResponsesEvent("response.weather.settled", 0) { Text = "sunny" };
        }

        yield return new ResponsesEvent("response.completed", 0) { Response = Answer(request, id, Completed, whole) with { Usage = usage } };
    }

    private void End(HttpContext context)
    {
        if (deviations.BreaksConnection)
        {
            context.Abort();
        }
    }

    private ResponsesAnswer Answer(ResponsesRequest request, string id, string status, params ResponsesMessage[] output) =>
        new(id, "response", time.GetUtcNow().ToUnixTimeSeconds(), status, request.Model, output, request.Store ?? true, request.PreviousResponseId);

    private static ResponsesMessage Message(string id, string? text, string status) =>
        new($"msg_{id}", "message", status, "assistant", text is null ? [] : [new ResponsesText("output_text", text, [])]);
}
