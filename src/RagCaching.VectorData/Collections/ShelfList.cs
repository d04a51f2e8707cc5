using System.Collections.Concurrent;
using Microsoft.Extensions.VectorData;

namespace RagCaching.VectorData.Collections;

/// <summary>Which collections one cache has, as far as this process knows. Thread-safe.</summary>
/// <remarks>
/// The database is asked once a minute, and once a second while nothing is known that an entry could be in. So what another process makes, or somebody deletes, is seen within that time; this process
/// knows at once what it makes itself. Listings may run at the same time: each has a number, and knows nothing of what was seen after it began.
/// </remarks>
internal sealed class ShelfList(VectorStore store, VectorDataOptions options, int? dimensions, TimeProvider time)
{
    private static readonly TimeSpan LongestTrust = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ShortestTrust = TimeSpan.FromSeconds(1);

    // With the number of the listing that had begun last when the name was seen first.
    private readonly ConcurrentDictionary<ShelfName, long> _known = new();
    private long _begun;
    private long _listed;
    private volatile bool _isListed;

    /// <summary>Gets the collections of a partition. Those whose vectors are as long as they should be come first, and those without vectors last.</summary>
    /// <param name="partition">The shortened digest; <see langword="null"/> for the collections that all partitions share.</param>
    /// <param name="isAll">Whether the collections of all partitions are wanted.</param>
    public List<ShelfName> Of(string? partition, bool isAll) =>
    [
        .. _known.Keys.Where(name => isAll || name.Partition == partition)
            .OrderByDescending(name => name.Dimensions == dimensions).ThenBy(static name => name.Dimensions == 0).ThenBy(static name => name.Dimensions).ThenBy(static name => name.Partition, StringComparer.Ordinal),
    ];

    /// <summary>Tells whether the database has to be asked again.</summary>
    /// <param name="known">How many collections are known that an entry could be in.</param>
    public bool IsOld(int known) => !_isListed || time.GetElapsedTime(Volatile.Read(ref _listed)) >= (known == 0 ? ShortestTrust : LongestTrust);

    /// <summary>Takes note of a collection that is there.</summary>
    public void Add(ShelfName name) => _known[name] = Volatile.Read(ref _begun);

    /// <summary>Forgets a collection that is not there any more, unless it was seen again after the listing that missed it began.</summary>
    public void Remove(ShelfName name, long listing)
    {
        if (_known.TryGetValue(name, out var seen) && seen < listing)
        {
            _known.TryRemove(KeyValuePair.Create(name, seen));
        }
    }

    /// <summary>Asks the database.</summary>
    /// <returns>The number of this listing, and what was known before it began and is not listed.</returns>
    public async Task<(long Listing, List<ShelfName> Missing)> RefreshAsync(CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        var listing = Interlocked.Increment(ref _begun);
        var listed = new HashSet<ShelfName>();
        await foreach (var text in store.ListCollectionNamesAsync(cancellationToken).ConfigureAwait(false))
        {
            if (ShelfName.TryParse(options.CollectionName, text) is { } name && (name.Partition is not null) == options.CollectionPerPartition)
            {
                listed.Add(name);
                _known.TryAdd(name, listing);
            }
        }

        Volatile.Write(ref _listed, now);
        _isListed = true;
        return (listing, [.. _known.Where(known => known.Value < listing && !listed.Contains(known.Key)).Select(static known => known.Key)]);
    }
}
