using Microsoft.Extensions.AI;
using RagCaching.Pipeline.Diagnostics;
using RagCaching.Pipeline.Running;

namespace RagCaching;

/// <content>The way of a question through the cache.</content>
public sealed partial class RagPipeline
{
    private async Task<RagAnswer> AnswerAsync(Func<CacheScope?> scope, ValueTask<ChatQuery> reading, StageClock clock, CancellationToken cancellationToken)
    {
        using var activity = _parts.Telemetry.Start(PipelineNames.Spans.Answer);
        var run = NewRun(await reading.ConfigureAwait(false), scope, clock);
        try
        {
            var asking = _cache.GetOrCreateAsync(run.Query, run.AnswerAsync, cancellationToken);
            RetrieveEarly(run, asking.IsCompleted);
            var result = await asking.ConfigureAwait(false);
            clock.LookedUp();
            clock.LookupEmbedded(result.EmbeddingDuration);
            var answer = run.Complete(result, result.Response!);
            _parts.Telemetry.Answered(answer, activity);
            return answer;
        }
        finally
        {
            run.Abandon();
        }
    }

    private async IAsyncEnumerator<ChatResponseUpdate> ReadAsync(
        Func<CacheScope?> scope, ValueTask<ChatQuery> reading, TaskCompletionSource<RagAnswer> completion, CancellationToken callToken, CancellationToken enumerationToken)
    {
        using var activity = _parts.Telemetry.Start(PipelineNames.Spans.Answer);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(callToken, enumerationToken);
        var clock = new StageClock(_parts.Time);
        RagRun? run = null;
        try
        {
            run = await OrFailAsync(StartAsync(reading, scope, clock, linked.Token), completion).ConfigureAwait(false);
            var stream = await OrFailAsync(OpenAsync(run, linked.Token), completion).ConfigureAwait(false);
            var updates = new List<ChatResponseUpdate>();
            var source = stream.GetAsyncEnumerator(linked.Token);
            await using (source.ConfigureAwait(false))
            {
                while (await OrFailAsync(source.MoveNextAsync(), completion).ConfigureAwait(false))
                {
                    var update = source.Current;
                    if (update.Text.Length > 0)
                    {
                        clock.TokenArrived();
                    }

                    updates.Add(update);
                    yield return update;
                }
            }

            var answer = run.Complete(stream.Result, updates.ToChatResponse());
            _parts.Telemetry.Answered(answer, activity);
            completion.TrySetResult(answer);
        }
        finally
        {
            run?.Abandon();

            // A reader that breaks off; without effect after everything else.
            completion.TrySetCanceled(CancellationToken.None);
        }
    }

    private async ValueTask<RagRun> StartAsync(ValueTask<ChatQuery> reading, Func<CacheScope?> scope, StageClock clock, CancellationToken cancellationToken) =>
        NewRun(reading.IsCompletedSuccessfully ? reading.Result : await reading.AsTask().WaitAsync(cancellationToken).ConfigureAwait(false), scope, clock);

    private async ValueTask<SemanticCacheStreamingResult> OpenAsync(RagRun run, CancellationToken cancellationToken)
    {
        var asking = _cache.GetOrStreamAsync(run.Query, run.StreamAsync, cancellationToken);
        RetrieveEarly(run, asking.IsCompleted);
        var stream = await asking.ConfigureAwait(false);
        run.Clock.LookedUp();
        run.Clock.LookupEmbedded(stream.Result.EmbeddingDuration);
        return stream;
    }

    /// <summary>Retrieves while the cache is still being asked. Only then: what was read before the cache took note of the question might be stored after its source changed.</summary>
    private void RetrieveEarly(RagRun run, bool hasAnswered)
    {
        if (_parts.Options.RetrieveDuringLookup && !hasAnswered && run.Query.Mode != SemanticCacheMode.Bypass)
        {
            run.RetrieveEarly();
        }
    }

    private RagRun NewRun(ChatQuery chat, Func<CacheScope?> ambientScope, StageClock clock)
    {
        var scope = chat.Scope ?? ambientScope();
        var asked = chat.QueryOrBypass;
        var query = new SemanticCacheQuery(asked.Question)
        {
            Scope = scope,
            Partition = $"{asked.Partition}.{_fingerprint.Value}",
            Tags = asked.Tags,
            CreatedBy = asked.CreatedBy,
            TimeToLive = asked.TimeToLive,
            MinimumSimilarity = asked.MinimumSimilarity,
            MaxAge = asked.MaxAge,
            Mode = asked.Mode,
            ExactOnly = asked.ExactOnly,
            ExactContext = asked.ExactContext,
            CurrentSourceVersion = _parts.Options.CurrentSourceVersion,
            BypassReason = asked.BypassReason,
        };
        return new RagRun(_parts, chat, query, chat.Query?.Question ?? chat.Messages[^1].Text, scope, clock);
    }

    /// <summary>Waits for a step of a stream, whose failure is also that of the whole answer.</summary>
    private static async ValueTask<T> OrFailAsync<T>(ValueTask<T> step, TaskCompletionSource<RagAnswer> completion)
    {
        try
        {
            return await step.ConfigureAwait(false);
        }
        catch (OperationCanceledException exception)
        {
            completion.TrySetCanceled(exception.CancellationToken);
            throw;
        }
        catch (Exception exception)
        {
            completion.TrySetException(exception);

            // The reader of the stream has it; nobody has to look here, too.
            _ = completion.Task.Exception;
            throw;
        }
    }
}
