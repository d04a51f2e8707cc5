namespace RagCaching.VectorStores;

/// <summary>Keeps the first entries of a page while all of a store pass by, in memory that is bounded by the page. Not thread-safe.</summary>
/// <typeparam name="T">What stands for an entry.</typeparam>
internal sealed class NewestEntries<T>(ListingQuery query)
{
    // The last one of the page is the first one to make room.
    private readonly PriorityQueue<T, ListedPlace> _kept = new(Comparer<ListedPlace>.Create(static (left, right) => right.CompareTo(left)));

    /// <summary>Takes an entry, where it belongs on the page as far as is known by now.</summary>
    /// <param name="entry">The entry, which the query's filter selects.</param>
    /// <param name="place">Its place.</param>
    /// <param name="isPermanent">Whether it never expires.</param>
    public void Add(T entry, in ListedPlace place, bool isPermanent)
    {
        if (!query.Reaches(place, isPermanent))
        {
            return;
        }

        if (_kept.Count < query.Limit)
        {
            _kept.Enqueue(entry, place);
        }
        else
        {
            _kept.EnqueueDequeue(entry, place);
        }
    }

    /// <summary>Empties the page.</summary>
    /// <returns>Its entries, the newest first.</returns>
    public IReadOnlyList<T> Take()
    {
        var page = new T[_kept.Count];
        for (var i = page.Length - 1; i >= 0; i--)
        {
            page[i] = _kept.Dequeue();
        }

        return page;
    }
}
