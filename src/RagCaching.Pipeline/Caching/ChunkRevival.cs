using RagCaching.Pipeline.Retrieval;

namespace RagCaching.Pipeline.Caching;

/// <summary>Makes chunks of what was kept of them, unless their sources have changed.</summary>
/// <param name="retrievers">The retrievers, in the order in which chunks name them.</param>
/// <param name="currentVersion">Tells the version that a source has now; <see langword="null"/> where that is not known.</param>
internal sealed class ChunkRevival(IReadOnlyList<IRetriever> retrievers, Func<string, CancellationToken, ValueTask<string?>>? currentVersion)
{
    private readonly IChunkLookup?[] _lookups = [.. retrievers.Select(retriever => retriever as IChunkLookup)];

    /// <summary>Whether the text of a chunk must be kept: nobody could be asked for it.</summary>
    public bool MustKeepText(RankedChunk chunk) => _lookups[chunk.Retriever] is null;

    /// <summary>Revives.</summary>
    /// <returns><see langword="null"/> where a source has another version now, or a chunk is gone.</returns>
    public async Task<IReadOnlyList<RankedChunk>?> ReviveAsync(ReadOnlyMemory<byte> kept, CacheScope? scope, CancellationToken cancellationToken)
    {
        var stored = RankingCodec.Read(kept);
        if (!await AreCurrentAsync(stored.Select(item => item.Chunk.Chunk), cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        RankedChunk[] chunks = [.. stored.Select(item => item.Chunk)];
        var missing = Enumerable.Range(0, chunks.Length).Where(i => !stored[i].HasText).GroupBy(i => chunks[i].Retriever);
        var found = await Task.WhenAll(missing.Select(group => FetchAsync(_lookups[group.Key]!, [.. group], chunks, scope, cancellationToken))).ConfigureAwait(false);
        return found.All(isThere => isThere) ? chunks : null;
    }

    private async Task<bool> AreCurrentAsync(IEnumerable<RetrievedChunk> chunks, CancellationToken cancellationToken)
    {
        // A source without a version is not compared, as with answers.
        if (currentVersion is null)
        {
            return true;
        }

        var versions = chunks.Where(chunk => chunk.SourceVersion is not null).Select(chunk => (chunk.SourceId, chunk.SourceVersion)).Distinct();
        var checks = await Task.WhenAll(versions.Select(
            async source => await currentVersion(source.SourceId, cancellationToken).ConfigureAwait(false) == source.SourceVersion)).ConfigureAwait(false);
        return checks.All(isCurrent => isCurrent);
    }

    /// <summary>Puts chunks with their texts in place of those without.</summary>
    private static async Task<bool> FetchAsync(IChunkLookup lookup, int[] places, RankedChunk[] chunks, CacheScope? scope, CancellationToken cancellationToken)
    {
        var found = await lookup.GetChunksAsync([.. places.Select(place => chunks[place].Chunk.Id)], scope, cancellationToken).ConfigureAwait(false);
        if (found?.Count != places.Length)
        {
            throw new InvalidOperationException($"{lookup.GetType().Name}.GetChunksAsync returned {found?.Count ?? 0} chunks for {places.Length} ids.");
        }

        for (var i = 0; i < places.Length; i++)
        {
            var kept = chunks[places[i]];
            if (found[i] is not { Text: not null } now || now.Id != kept.Chunk.Id || now.SourceId != kept.Chunk.SourceId || now.SourceVersion != kept.Chunk.SourceVersion)
            {
                return false;
            }

            chunks[places[i]] = kept with
            {
                Chunk = new RetrievedChunk { Id = now.Id, Text = now.Text, SourceId = now.SourceId, SourceVersion = now.SourceVersion, Score = kept.Chunk.Score, Metadata = now.Metadata },
            };
        }

        return true;
    }
}
