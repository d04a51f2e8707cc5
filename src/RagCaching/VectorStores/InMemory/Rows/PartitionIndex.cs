using System.Collections.Concurrent;
using RagCaching.VectorStores.InMemory.Capacity;
using RagCaching.VectorStores.InMemory.Pruning;

namespace RagCaching.VectorStores.InMemory.Rows;

/// <summary>One partition: its entries by id, and the rows of those that have a vector.</summary>
/// <remarks>Every change happens under <see cref="Lock"/>; look-ups, enumeration and scans need no lock.</remarks>
/// <param name="name">The name.</param>
/// <param name="encodingOf">Gets the encoding for vectors of a number of dimensions and an embedding model.</param>
internal sealed class PartitionIndex(string name, Func<int, string?, IModelEncoding> encodingOf)
{
    // One writer at a time and often only a few entries: one lock stripe and few buckets save most of the dictionary's memory.
    private readonly ConcurrentDictionary<string, StoredEntry> _entries = new(concurrencyLevel: 1, capacity: RowTable.FirstSegmentSlots);
    private readonly RowTable _rows = new();
    private IModelEncoding? _encoding;
    private long _nextOrdinal;
    private int _count;
    private bool _wantsScalarCodes;

    public string Name => name;

    /// <summary>Gets the lock that every change is made under.</summary>
    public Lock Lock { get; } = new();

    /// <summary>Gets or sets a value indicating whether the store has let go of the partition, so that nothing may be added to it.</summary>
    public bool IsReleased { get; set; }

    public bool IsEmpty => _count == 0;

    public int Dimensions => _rows.Dimensions;

    /// <summary>Gets the encoding for the partition's vectors; <see langword="null"/> while there is none.</summary>
    public IModelEncoding? Encoding => Volatile.Read(ref _encoding);

    /// <summary>Gets the number of vectors.</summary>
    public int RowCount => _rows.Count;

    /// <summary>Gets a value indicating whether searches want scalar codes.</summary>
    public bool WantsScalarCodes => Volatile.Read(ref _wantsScalarCodes);

    /// <summary>Gets what searches have found out about the partition.</summary>
    public ScanPlanner Planner { get; } = new();

    /// <summary>Gets the segments; nobody may change the array.</summary>
    public Segment[] Segments => _rows.Segments;

    /// <summary>Gets the entries, without a lock; those that come or go meanwhile may be among them or not.</summary>
    public IEnumerable<StoredEntry> Entries => _entries.Select(static pair => pair.Value);

    public StoredEntry? Find(string id) => _entries.GetValueOrDefault(id);

    /// <summary>Tells whether an entry that a scan found, or a later version of it, is still there.</summary>
    /// <remarks>An id that was removed and added again has another ordinal, so a scan that met both does not return both.</remarks>
    public bool IsCurrent(StoredEntry entry) => Find(entry.Id) is { } current && current.Ordinal == entry.Ordinal;

    /// <summary>Adds or replaces an entry, if the capacity has room for it.</summary>
    /// <param name="entry">The entry as it came.</param>
    /// <param name="row">Its vector, brought to unit norm and padded; empty if it has none.</param>
    /// <param name="deadline">The timestamp at which it expires.</param>
    /// <param name="capacity">Counts it.</param>
    public WriteStatus TryUpsert(VectorEntry entry, ReadOnlySpan<float> row, long deadline, StoreCapacity capacity)
    {
        var vector = entry.Vector.Span;
        if (!vector.IsEmpty && Dimensions != 0 && Dimensions != vector.Length)
        {
            return WriteStatus.OtherDimensions;
        }

        var existing = Find(entry.Id);
        if (!vector.IsEmpty && existing?.Segment is null)
        {
            // Before anything is counted, so that running out of memory here leaves the counts right.
            var encoding = _encoding ?? encodingOf(vector.Length, entry.EmbeddingModel);
            Volatile.Write(ref _encoding, encoding);
            _rows.Reserve(vector.Length, _rows.Count >= SketchLayout.FewestRows ? encoding.Current : null, _wantsScalarCodes);
        }

        var takesOverRow = existing?.Segment is not null && !vector.IsEmpty;
        var stored = new StoredEntry(
            this,
            entry,
            takesOverRow ? existing!.Ordinal : _nextOrdinal++,
            deadline);

        if (existing is { IsUsed: true })
        {
            stored.MarkUsed();
        }

        var status = capacity.TryAdmit(stored, entry.Owner, existing);
        if (status != WriteStatus.Done)
        {
            return status;
        }

        var scratch = WriteScratch.Current.Codes;
        if (takesOverRow)
        {
            existing!.Segment!.Replace(existing.Slot, stored, row, scratch);
        }
        else if (!vector.IsEmpty)
        {
            _rows.Add(stored, row, scratch);
            _encoding!.Added(this);
        }

        _entries[entry.Id] = stored;
        if (existing is null)
        {
            _count++;
        }
        else if (existing.Segment is not null && !takesOverRow)
        {
            RemoveRow(existing);
        }

        return WriteStatus.Done;
    }

    /// <summary>Removes an entry, unless it has been removed or replaced already.</summary>
    public bool TryRemove(StoredEntry entry)
    {
        if (!_entries.TryRemove(KeyValuePair.Create(entry.Id, entry)))
        {
            return false;
        }

        _count--;
        if (entry.Segment is not null)
        {
            RemoveRow(entry);
        }

        return true;
    }

    /// <summary>Moves the rows of many small segments into one, which is looked at faster.</summary>
    public void JoinSmallSegments()
    {
        lock (Lock)
        {
            _rows.JoinSmallSegments();
        }
    }

    /// <summary>Takes note that searches want scalar codes.</summary>
    /// <returns>Whether this is new.</returns>
    public bool TryWantScalarCodes() => !Interlocked.Exchange(ref _wantsScalarCodes, true);

    private void RemoveRow(StoredEntry entry)
    {
        var moved = _rows.Remove(entry);
        _encoding!.Removed();
        if (_rows.Count == 0)
        {
            // What comes next may have another number of dimensions.
            Volatile.Write(ref _encoding, null);
        }
        else if (moved)
        {
            _encoding.Moved(this);
        }
    }
}
