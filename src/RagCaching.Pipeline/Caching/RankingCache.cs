using RagCaching.Pipeline.Diagnostics;
using RagCaching.Pipeline.Faults;
using RagCaching.Pipeline.Retrieval;

namespace RagCaching.Pipeline.Caching;

/// <summary>Finds what was retrieved for a question before, or for one that means the same, and keeps what is retrieved.</summary>
/// <param name="store">Where it is kept.</param>
/// <param name="revival">Makes chunks of what was kept.</param>
/// <param name="guards">Say which questions are not the same.</param>
/// <param name="limit">How long a look may take.</param>
/// <param name="time">The clock.</param>
/// <param name="telemetry">Where failures are reported: each is a miss.</param>
internal sealed class RankingCache(RankingStore store, ChunkRevival revival, GuardPanel guards, TimeSpan limit, TimeProvider time, PipelineTelemetry telemetry)
{
    /// <summary>Looks for the very same question, or one that was found to mean the same before. Needs no vector.</summary>
    public Task<CacheLook> FindExactAsync(RankingPlace place, CacheScope? scope, RetrievalUse use, CancellationToken cancellationToken) => TryAsync(
        async token => await store.GetAsync(place, token).ConfigureAwait(false) is { } entry && KeptQuestion.Read(entry).Fits(use) && IsYoungEnough(entry, use)
            ? new CacheLook { Found = await ReviveAsync(entry, scope, token).ConfigureAwait(false), WasChanged = true }
            : new CacheLook(),
        cancellationToken);

    /// <summary>Looks for questions that mean the same.</summary>
    public Task<CacheLook> FindByMeaningAsync(RankingPlace place, RetrievalRequest request, RetrievalUse use, long turn, CancellationToken cancellationToken) => TryAsync(
        async token =>
        {
            var vector = await request.GetVectorAsync(token).ConfigureAwait(false);
            var wasChanged = false;
            foreach (var match in await store.SearchAsync(place, vector, use.MinimumSimilarity!.Value, token).ConfigureAwait(false))
            {
                if (!IsYoungEnough(match.Entry, use) || !guards.Allows(request.Question, KeptQuestion.Read(match.Entry).Question))
                {
                    continue;
                }

                if (await ReviveAsync(match.Entry, request.Scope, token).ConfigureAwait(false) is { } found)
                {
                    if (use.Writes)
                    {
                        await store.KeepAlsoAsync(place, match, turn).ConfigureAwait(false);
                    }

                    return new CacheLook { Found = found, Vector = vector };
                }

                wasChanged = true;
            }

            return new CacheLook { Vector = vector, WasChanged = wasChanged };
        },
        cancellationToken);

    /// <summary>Tells whether what was retrieved may be kept: it is not empty, not partial, and not of two versions of one source.</summary>
    public static bool MayKeep(Ranking ranking) => ranking.Failures.Count == 0 && ranking.Chunks.Count > 0 && !HasTwoVersions(ranking.Chunks);

    /// <summary>Keeps what was retrieved and may be kept.</summary>
    /// <param name="place">Where.</param>
    /// <param name="ranking">What was retrieved.</param>
    /// <param name="vectorOf">Gets the vector of the question, which may take a while, and may fail.</param>
    /// <param name="turn">The turn in which it was begun.</param>
    /// <param name="cancellationToken">Cancels the wait for the vector.</param>
    public async Task KeepAsync(RankingPlace place, Ranking ranking, Func<CancellationToken, Task<ReadOnlyMemory<float>>> vectorOf, long turn, CancellationToken cancellationToken)
    {
        var vector = await FaultBarrier.RunAsync(
            token => TimeLimit.RunAsync(vectorOf, limit, time, "The vector of a question whose chunks are kept", token),
            exception => Failed(exception, fallback: default(ReadOnlyMemory<float>)),
            cancellationToken).ConfigureAwait(false);
        await FaultBarrier.RunAsync(
            async _ =>
            {
                await store.KeepAsync(place, ranking, RankingCodec.Write(ranking.Chunks, revival.MustKeepText), vector, turn).ConfigureAwait(false);
                return true;
            },
            exception => Failed(exception, fallback: false),
            CancellationToken.None).ConfigureAwait(false);
    }

    private bool IsYoungEnough(VectorEntry entry, RetrievalUse use) => use.MaxAge is not { } maxAge || time.GetUtcNow() - entry.CreatedAt <= maxAge;

    private async Task<Ranking?> ReviveAsync(VectorEntry entry, CacheScope? scope, CancellationToken cancellationToken)
    {
        if (await revival.ReviveAsync(entry.Payload, scope, cancellationToken).ConfigureAwait(false) is { } chunks)
        {
            return new Ranking(KeptQuestion.Read(entry).Question, chunks, []);
        }

        await store.RemoveAsync(entry, cancellationToken).ConfigureAwait(false);
        return null;
    }

    private Task<CacheLook> TryAsync(Func<CancellationToken, Task<CacheLook>> look, CancellationToken cancellationToken) => FaultBarrier.RunAsync(
        token => TimeLimit.RunAsync(look, limit, time, "The look for chunks that were retrieved before", token),
        exception => Failed(exception, new CacheLook { HasFailed = true }),
        cancellationToken);

    private T Failed<T>(Exception exception, T fallback)
    {
        telemetry.CacheFailed(PipelineNames.CacheKinds.Retrieval, exception);
        return fallback;
    }

    private static bool HasTwoVersions(IEnumerable<RankedChunk> chunks) =>
        chunks.Where(chunk => chunk.Chunk.SourceVersion is not null).GroupBy(chunk => chunk.Chunk.SourceId, chunk => chunk.Chunk.SourceVersion, StringComparer.Ordinal)
            .Any(versions => versions.Distinct(StringComparer.Ordinal).Count() > 1);
}
