using RagCaching.VectorData.Collections;
using RagCaching.VectorData.Filters;
using RagCaching.VectorData.Records;

namespace RagCaching.VectorData.Searching;

/// <summary>Finds the nearest entries of a partition: the database proposes, and what is returned is checked and ranked here.</summary>
/// <param name="candidateFactor">How many candidates are asked for, as a multiple of the wanted matches.</param>
/// <param name="reader">Reads records.</param>
internal sealed class PartitionSearch(int candidateFactor, RecordReader reader)
{
    /// <summary>The most candidates that are asked for; databases have limits of this size.</summary>
    private const int MostCandidates = 1_000;

    /// <summary>The most entries that are read where the index of the database does not find those of a partition.</summary>
    private const int MostScanned = 4_096;

    private const int FewestCandidates = 8;
    private const int Widening = 4;

    /// <summary>Searches.</summary>
    /// <param name="shelf">The collection.</param>
    /// <param name="query">The query.</param>
    /// <param name="ranking">Receives what is found.</param>
    /// <param name="now">Entries that have expired by then are left out.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <exception cref="VectorStoreCapabilityException">The database returned entries of another partition, or does not find those of a large one.</exception>
    public async Task SearchAsync(Shelf shelf, VectorQuery query, Ranking ranking, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var filter = RecordFilters.Searchable(EntryNames.OfPartition(query.Partition), now);
        var most = Math.Max(MostCandidates, query.Limit);
        for (var top = (int)Math.Clamp((long)query.Limit * candidateFactor, FewestCandidates, most); ; top = Math.Min(most, top * Widening))
        {
            ranking.Clear();
            var worst = float.PositiveInfinity;
            var found = await shelf.SearchAsync(
                ranking.Unit, top, filter, record => worst = Add(record, shelf, query, ranking, now) ? Math.Min(worst, ranking.Last) : worst, cancellationToken).ConfigureAwait(false);
            if (found < top)
            {
                await FindHiddenAsync(shelf, query, found, ranking, now, cancellationToken).ConfigureAwait(false);
                return;
            }

            // Entries as near as the worst candidate may be among those that were not proposed: which of equal ones come first, the database does not know.
            if (top == most || !ranking.MayGoOn(worst))
            {
                return;
            }
        }
    }

    private bool Add(Record record, Shelf shelf, VectorQuery query, Ranking ranking, DateTimeOffset now)
    {
        if (reader.TryRead(record, query.Vector.Length) is not { } stored)
        {
            return false;
        }

        if (stored.Entry.Partition != query.Partition)
        {
            throw new VectorStoreCapabilityException($"The vector database of the collection '{shelf.CollectionName}' returned an entry of another partition than the filter names. Nothing it finds can be served.")
            {
                CollectionName = shelf.CollectionName,
            };
        }

        if (stored.HasVector && stored.IsLive(now))
        {
            ranking.Add(stored);
            return true;
        }

        return false;
    }

    // A database that filters what its index found returns too little where the neighbours are in other partitions. The filter alone then selects more.
    private async Task FindHiddenAsync(Shelf shelf, VectorQuery query, int found, Ranking ranking, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var filter = RecordFilters.Searchable(EntryNames.OfPartition(query.Partition), now);
        if (await shelf.CountAsync(filter, found + 1, cancellationToken).ConfigureAwait(false) <= found)
        {
            return;
        }

        ranking.Clear();
        var scanned = 0;
        await foreach (var record in SlotPages.ReadAsync(shelf, filter, withVectors: true, cancellationToken).ConfigureAwait(false))
        {
            Add(record, shelf, query, ranking, now);
            if (++scanned > MostScanned)
            {
                throw new VectorStoreCapabilityException(
                    $"The index of the collection '{shelf.CollectionName}' found {found} entries of a partition with more than {MostScanned}: it filters after the search. Set {nameof(VectorDataOptions)}."
                    + $"{nameof(VectorDataOptions.Schema)}.{nameof(VectorDataSchema.IndexKind)} to \"Flat\", or {nameof(VectorDataOptions.CollectionPerPartition)} to true.")
                {
                    CollectionName = shelf.CollectionName,
                };
            }
        }
    }
}
