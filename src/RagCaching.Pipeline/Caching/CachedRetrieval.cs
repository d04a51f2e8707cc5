using RagCaching.Pipeline.Diagnostics;
using RagCaching.Pipeline.Retrieval;

namespace RagCaching.Pipeline.Caching;

/// <summary>Retrieves what was not retrieved before, once for all callers that ask the same at the same time.</summary>
internal sealed class CachedRetrieval : IDisposable
{
    private readonly FlightTable<(RankingPlace Place, RetrievalUse Use, long Turn), (Ranking Ranking, string Result)> _flights = new();
    private readonly ParallelRetrieval _retrieval;
    private readonly PipelineTelemetry _telemetry;
    private readonly RankingPlaces _places;
    private readonly RankingStore? _store;
    private readonly RankingCache? _cache;
    private readonly int _limit;

    public CachedRetrieval(RagPipelineOptions options, IReadOnlyList<IRetriever> retrievers, ScopeNames scopes, Func<IEnumerable<IMatchGuard>> guards, TimeProvider time, PipelineTelemetry telemetry)
    {
        _retrieval = new ParallelRetrieval(retrievers, options.RetrievalTimeout, time, telemetry);
        _telemetry = telemetry;
        _places = new RankingPlaces(scopes, retrievers, options.Version);
        _limit = options.ChunksPerRetriever;
        if (options.RetrievalCache.Enabled)
        {
            _store = new RankingStore(options.RetrievalCache, telemetry.Name, time);
            _cache = new RankingCache(
                _store, new ChunkRevival(retrievers, options.CurrentSourceVersion), new GuardPanel(guards, telemetry), options.RetrievalTimeout, time, telemetry);
        }
    }

    /// <summary>Retrieves.</summary>
    /// <exception cref="RetrievalException">Every retriever failed.</exception>
    public async Task<Ranking> RetrieveAsync(RetrievalRequest request, RetrievalUse use, CancellationToken cancellationToken)
    {
        if (_cache is null)
        {
            return await AnewAsync(request, cancellationToken).ConfigureAwait(false);
        }

        var turn = _store!.Turn;
        if (PlaceOf(request, use) is not { } place)
        {
            _telemetry.CacheAsked(PipelineNames.CacheKinds.Retrieval, PipelineNames.CacheResults.Skipped);
            return await AnewAsync(request, cancellationToken).ConfigureAwait(false);
        }

        if (!use.Reads)
        {
            // It asks for what is there now: not even what somebody began to retrieve before serves it.
            _telemetry.CacheAsked(PipelineNames.CacheKinds.Retrieval, PipelineNames.CacheResults.Skipped);
            return await RetrieveAndKeepAsync(place, request, use, vector: null, turn, cancellationToken).ConfigureAwait(false);
        }

        var ((ranking, result), isJoined) = await _flights.RunAsync((place, use, turn), token => FindAsync(place, request, use, turn, token), cancellationToken).ConfigureAwait(false);
        _telemetry.CacheAsked(PipelineNames.CacheKinds.Retrieval, isJoined ? PipelineNames.CacheResults.Joined : result);
        return ranking;
    }

    /// <summary>Removes what contains chunks of a source, of one scope or of all.</summary>
    public ValueTask RemoveSourceAsync(string sourceId, CacheScope? scope, CancellationToken cancellationToken) =>
        _store?.RemoveSourceAsync(sourceId, scope is null ? null : _places.PartitionOf(scope, _limit), cancellationToken) ?? ValueTask.CompletedTask;

    public void Dispose() => _store?.Dispose();

    private RankingPlace? PlaceOf(RetrievalRequest request, RetrievalUse use)
    {
        if (!use.Reads && !use.Writes)
        {
            return null;
        }

        var place = _places.Of(request);
        if (place is null)
        {
            _telemetry.RetrievalNotShared();
        }

        return place;
    }

    private async Task<(Ranking Ranking, string Result)> FindAsync(RankingPlace place, RetrievalRequest request, RetrievalUse use, long turn, CancellationToken cancellationToken)
    {
        var exact = await _cache!.FindExactAsync(place, request.Scope, use, cancellationToken).ConfigureAwait(false);
        if (exact.Found is { } same)
        {
            return (same, PipelineNames.CacheResults.ExactHit);
        }

        var near = use.MinimumSimilarity is not null && request.HasVector && !exact.HasFailed
            ? await _cache.FindByMeaningAsync(place, request, use, turn, cancellationToken).ConfigureAwait(false)
            : default;
        if (near.Found is { } similar)
        {
            return (similar, PipelineNames.CacheResults.SemanticHit);
        }

        var ranking = await RetrieveAndKeepAsync(place, request, use, near.Vector, turn, cancellationToken).ConfigureAwait(false);
        return (ranking, exact.WasChanged || near.WasChanged ? PipelineNames.CacheResults.SourceChanged : PipelineNames.CacheResults.Miss);
    }

    private async Task<Ranking> RetrieveAndKeepAsync(
        RankingPlace place, RetrievalRequest request, RetrievalUse use, ReadOnlyMemory<float>? vector, long turn, CancellationToken cancellationToken)
    {
        var ranking = await AnewAsync(request, cancellationToken).ConfigureAwait(false);
        if (use.Writes && RankingCache.MayKeep(ranking))
        {
            await _cache!.KeepAsync(place, ranking, VectorOfAsync, turn, cancellationToken).ConfigureAwait(false);
        }

        return ranking;

        async Task<ReadOnlyMemory<float>> VectorOfAsync(CancellationToken token) =>
            vector ?? (use.MinimumSimilarity is null || !request.HasVector ? default : await request.GetVectorAsync(token).ConfigureAwait(false));
    }

    private async Task<Ranking> AnewAsync(RetrievalRequest request, CancellationToken cancellationToken)
    {
        var (chunks, failures) = await _retrieval.RetrieveAsync(request, cancellationToken).ConfigureAwait(false);
        return new Ranking(request.Question, chunks, failures);
    }
}
