using RagCaching.Pipeline.Caching;
using RagCaching.Pipeline.Diagnostics;
using RagCaching.Pipeline.Faults;
using RagCaching.Pipeline.Retrieval;

namespace RagCaching.Pipeline.Reranking;

/// <summary>Orders retrieved chunks anew, where there is a reranker; when it fails, they stay as they are.</summary>
internal sealed class RerankStep : IDisposable
{
    private readonly FlightTable<RankingPlace, (IReadOnlyList<ChunkScore> Scores, string Result)> _flights = new();
    private readonly IReranker? _reranker;
    private readonly RerankCall? _call;
    private readonly ScopeNames _scopes;
    private readonly ScoreStore? _store;
    private readonly PipelineTelemetry _telemetry;

    public RerankStep(IReranker? reranker, RerankingOptions options, ScopeNames scopes, TimeProvider time, PipelineTelemetry telemetry)
    {
        _reranker = reranker;
        _call = reranker is null ? null : new RerankCall(reranker, options.Timeout, time);
        _store = reranker is null || !options.CacheScores ? null : new ScoreStore(options, telemetry.Name, time);
        _scopes = scopes;
        _telemetry = telemetry;
    }

    /// <summary>Orders.</summary>
    /// <param name="ranking">What was retrieved, and for which question: one that means the same as the user's has the same scores.</param>
    /// <param name="scope">Who asks.</param>
    /// <param name="use">What may be kept and read.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The chunks, best first; and whether they are as they should be: not so where the reranker failed.</returns>
    public async Task<(IReadOnlyList<RankedChunk> Chunks, bool IsDone)> RerankAsync(Ranking ranking, CacheScope? scope, RetrievalUse use, CancellationToken cancellationToken)
    {
        if (_call is null || ranking.Chunks.Count < 2)
        {
            return (ranking.Chunks, true);
        }

        using var activity = _telemetry.Start(PipelineNames.Spans.Reranking);
        return await FaultBarrier.RunAsync<(IReadOnlyList<RankedChunk>, bool)>(
            async token => (InOrder(ranking.Chunks, await ScoresOfAsync(ranking, scope, use, token).ConfigureAwait(false)), true),
            exception =>
            {
                _telemetry.RerankerFailed(_reranker!.Name, exception, activity);
                return (ranking.Chunks, false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _store?.Dispose();

    private async Task<IReadOnlyList<ChunkScore>> ScoresOfAsync(Ranking ranking, CacheScope? scope, RetrievalUse use, CancellationToken cancellationToken)
    {
        if (_store is null)
        {
            return await _call!.ScoreAsync(ranking.Question, ranking.Chunks, cancellationToken).ConfigureAwait(false);
        }

        if (!use.Reads || _scopes.Of(scope) is not { } name)
        {
            _telemetry.CacheAsked(PipelineNames.CacheKinds.Reranking, PipelineNames.CacheResults.Skipped);
            return await _call!.ScoreAsync(ranking.Question, ranking.Chunks, cancellationToken).ConfigureAwait(false);
        }

        var place = new RankingPlace(name, ScoreStore.KeyOf(ranking.Question, ranking.Chunks));
        var ((scores, result), isJoined) = await _flights.RunAsync(place, token => FindAsync(place, ranking, use, token), cancellationToken).ConfigureAwait(false);
        _telemetry.CacheAsked(PipelineNames.CacheKinds.Reranking, isJoined ? PipelineNames.CacheResults.Joined : result);
        return scores;
    }

    private async Task<(IReadOnlyList<ChunkScore> Scores, string Result)> FindAsync(RankingPlace place, Ranking ranking, RetrievalUse use, CancellationToken cancellationToken)
    {
        if (await TryAsync(() => _store!.FindAsync(place, cancellationToken), cancellationToken).ConfigureAwait(false) is { } kept)
        {
            return (kept, PipelineNames.CacheResults.ExactHit);
        }

        var scores = await _call!.ScoreAsync(ranking.Question, ranking.Chunks, cancellationToken).ConfigureAwait(false);
        if (use.Writes)
        {
            await TryAsync(
                async () =>
                {
                    await _store!.KeepAsync(place, scores, cancellationToken).ConfigureAwait(false);
                    return scores;
                },
                cancellationToken).ConfigureAwait(false);
        }

        return (scores, PipelineNames.CacheResults.Miss);
    }

    private Task<IReadOnlyList<ChunkScore>?> TryAsync(Func<Task<IReadOnlyList<ChunkScore>?>> call, CancellationToken cancellationToken) => FaultBarrier.RunAsync(
        _ => call(),
        exception =>
        {
            _telemetry.CacheFailed(PipelineNames.CacheKinds.Reranking, exception);
            return null;
        },
        cancellationToken);

    private static RankedChunk[] InOrder(IReadOnlyList<RankedChunk> chunks, IReadOnlyList<ChunkScore> scores)
    {
        var best = scores.Count == 0 ? 0 : scores[0].Score;
        return [.. scores.Select(score => chunks[score.Place] with { RelativeScore = RelativeScore.Of(score.Score, best) })];
    }
}
