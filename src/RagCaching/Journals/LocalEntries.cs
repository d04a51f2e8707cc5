using RagCaching.Diagnostics;
using RagCaching.Internal.Faults;

namespace RagCaching.Journals;

/// <summary>This instance's copy of the journal: an index in memory, over which its own changes lie until the journal has them.</summary>
/// <remarks>
/// The copy is the journal up to a version, with pending changes on top. So nothing has to be remembered about entries that are at rest: what comes from the journal comes in order, and
/// stands back where a change of this instance is still under way, which will be the later one.
/// </remarks>
internal sealed class LocalEntries(Func<InMemoryVectorStore> create, bool keepPayloads, FaultReporting reporting) : IDisposable
{
    private static readonly TimeSpan Retirement = TimeSpan.FromSeconds(30);

    private readonly PendingChanges _pending = new();
    private readonly Queue<(InMemoryVectorStore Store, long Since)> _retired = new();
    private readonly long[] _changes = new long[PendingChanges.StripeCount];
    private long _sweeps;
    private volatile InMemoryVectorStore _current = ToBeFilled(create());
    private volatile InMemoryVectorStore? _next;

    /// <summary>Gets the index that serves.</summary>
    public InMemoryVectorStore Current => _current;

    /// <summary>Gets the changes that the journal does not have yet.</summary>
    public PendingChanges Pending => _pending;

    /// <summary>Gets a value indicating whether a new index is being filled beside the one that serves.</summary>
    public bool IsReloading => _next is not null;

    /// <summary>Takes in an entry that this instance wrote.</summary>
    /// <exception cref="ArgumentException">The index refuses it.</exception>
    public void Write(VectorEntry entry, long basedOn)
    {
        var key = new EntryKey(entry.Partition, entry.Id);
        lock (_pending.StripeOf(key))
        {
            _changes[PendingChanges.NumberOf(key)]++;

            // In this order: whoever begins a new index meanwhile finds it among the pending ones.
            _pending.Add(key, basedOn, entry);
            try
            {
                Put(entry);
            }
            catch (ArgumentException)
            {
                _pending.Settle(key);
                throw;
            }
        }
    }

    /// <summary>Replaces metadata.</summary>
    /// <returns>When the entry was created; <see langword="null"/> if there is none.</returns>
    public DateTimeOffset? SetMetadata(EntryKey key, ReadOnlyMemory<byte> metadata)
    {
        lock (_pending.StripeOf(key))
        {
            _changes[PendingChanges.NumberOf(key)]++;
            return Content(_current, key) is { } entry && Set(key, metadata) ? entry.CreatedAt : null;
        }
    }

    /// <summary>Removes an entry on behalf of this instance.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(EntryKey key)
    {
        lock (_pending.StripeOf(key))
        {
            _changes[PendingChanges.NumberOf(key)]++;
            _pending.Add(key, long.MaxValue, entry: null);
            return Take(key);
        }
    }

    /// <summary>Removes the entries that a filter selects, except those that this instance has changed since the removal.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="version">The version of the removal; <see cref="long.MaxValue"/> for one that has just been asked for.</param>
    public long RemoveWhere(VectorFilter filter, long version)
    {
        // Told before it begins: see TryFetch.
        Interlocked.Increment(ref _sweeps);

        // A new index that is begun from here on must not be given them; one that was begun before is swept below.
        var removal = JournalChange.RemoveWhere(filter);
        foreach (var key in _pending.Keys)
        {
            _pending.Withdraw(key, version, removal.Covers);
        }

        var removed = _current.RemoveWhere(filter, (partition, id) => _pending.Outlives(new EntryKey(partition, id), version));
        _next?.RemoveWhere(filter, (partition, id) => _pending.Outlives(new EntryKey(partition, id), version));
        return removed;
    }

    /// <summary>Takes in entries of a snapshot.</summary>
    /// <returns>Whether there is room for more.</returns>
    public bool Load(IReadOnlyList<VectorEntry> entries, int maxEntries)
    {
        var target = _next ?? _current;
        foreach (var entry in entries)
        {
            if (((ICacheSize)target).Entries >= maxEntries)
            {
                return false;
            }

            // What is there already is at least as new.
            var key = new EntryKey(entry.Partition, entry.Id);
            lock (_pending.StripeOf(key))
            {
                if (!_pending.Contains(key) && Content(target, key) is null)
                {
                    PutOrCount(target, entry);
                }
            }
        }

        return true;
    }

    /// <summary>Takes in a change that stands in the journal.</summary>
    public void Apply(JournalRecord record)
    {
        var change = record.Change;
        if (change.Kind == JournalChangeKind.RemoveWhere)
        {
            RemoveWhere(change.Filter!, record.Version);
            return;
        }

        var key = new EntryKey(change.Partition, change.Id);
        lock (_pending.StripeOf(key))
        {
            _changes[PendingChanges.NumberOf(key)]++;
            switch (change.Kind)
            {
                case JournalChangeKind.Upsert when change.Entry is not null && !_pending.Contains(key):
                    PutOrCount(change.Entry);
                    break;
                case JournalChangeKind.SetMetadata when Content(_current, key)?.CreatedAt == change.CreatedAt:
                    Set(key, change.Content);
                    break;
                case JournalChangeKind.Remove when !_pending.Outlives(key, record.Version):
                    _pending.Withdraw(key, record.Version, static _ => true);
                    Take(key);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Takes back what the journal has refused.</summary>
    public void TakeBack(EntryKey key)
    {
        lock (_pending.StripeOf(key))
        {
            if (!_pending.Contains(key))
            {
                Take(key);
            }
        }
    }

    /// <summary>Gets what to compare with later, to know whether changes have come in that concern an entry.</summary>
    public Moment MomentOf(EntryKey key) => new(Volatile.Read(ref _sweeps), Volatile.Read(ref _changes[PendingChanges.NumberOf(key)]));

    /// <summary>Takes in an entry that was read by itself, unless changes that may be newer came in since that reading began.</summary>
    /// <param name="key">The entry.</param>
    /// <param name="entry">What was read.</param>
    /// <param name="before">The moment before it was read.</param>
    /// <returns>Whether the entry is here.</returns>
    public bool TryFetch(EntryKey key, VectorEntry entry, Moment before)
    {
        lock (_pending.StripeOf(key))
        {
            if (_pending.Contains(key))
            {
                return true;
            }

            if (MomentOf(key) != before)
            {
                return Content(_current, key) is not null;
            }

            PutOrCount(entry);

            // A removal by filter takes no lock. One that began before this may not have found the entry.
            if (MomentOf(key) == before)
            {
                return true;
            }

            Take(key);
            return false;
        }
    }

    /// <summary>Begins to fill a new index beside the one that serves.</summary>
    /// <param name="withPending">Whether what the journal does not have yet is still going to be there.</param>
    public void BeginReload(bool withPending)
    {
        if (_next is { } abandoned)
        {
            abandoned.Dispose();
        }

        Interlocked.Increment(ref _sweeps);
        var next = ToBeFilled(create());
        _next = next;

        // From here on, writes go into both. What was written before and is not in the journal yet would not come with the snapshot.
        foreach (var key in withPending ? _pending.Keys : [])
        {
            lock (_pending.StripeOf(key))
            {
                if (_pending.TryGetEntry(key, out var entry))
                {
                    PutOrCount(next, entry);
                }
            }
        }
    }

    /// <summary>Ends the filling: a new index serves from now on. Calls that still read the old one end normally; it is released later.</summary>
    public void EndLoad()
    {
        if (_next is { } next)
        {
            _retired.Enqueue((_current, reporting.Time.GetTimestamp()));
            _current = next;
            _next = null;
        }

        _current.IsFilling = false;
    }

    /// <summary>Releases indexes that nobody reads any more.</summary>
    public void ReleaseRetired()
    {
        while (_retired.TryPeek(out var oldest) && reporting.Time.GetElapsedTime(oldest.Since) >= Retirement)
        {
            _retired.Dequeue().Store.Dispose();
        }
    }

    public void Dispose()
    {
        _current.Dispose();
        _next?.Dispose();
        while (_retired.TryDequeue(out var retired))
        {
            retired.Store.Dispose();
        }
    }

    private static InMemoryVectorStore ToBeFilled(InMemoryVectorStore store)
    {
        store.IsFilling = true;
        return store;
    }

    private static VectorEntry? Content(InMemoryVectorStore store, EntryKey key) => store.ReadContent(key.Partition, key.Id);

    private void Put(VectorEntry entry)
    {
        // Indexes may change places meanwhile: what is in neither of the two that were there would be lost.
        InMemoryVectorStore current;
        do
        {
            current = _current;
            Put(current, entry);
            if (_next is { } next && next != current)
            {
                Put(next, entry);
            }
        }
        while (_current != current);
    }

    private void PutOrCount(VectorEntry entry)
    {
        PutOrCount(_current, entry);
        PutOrCount(_next, entry);
    }

    private void Put(InMemoryVectorStore store, VectorEntry entry) => store.Upsert(keepPayloads ? entry : entry.WithPayload(default));

    // What others have stored and this index refuses, such as another number of dimensions, is not served here.
    private void PutOrCount(InMemoryVectorStore? store, VectorEntry entry)
    {
        try
        {
            if (store is not null)
            {
                Put(store, entry);
            }
        }
        catch (ArgumentException exception)
        {
            reporting.Counter.Failed(TelemetryNames.Operations.Parse, exception.GetType().FullName!);
        }
    }

    private bool Set(EntryKey key, ReadOnlyMemory<byte> metadata)
    {
        _next?.SetMetadata(key.Partition, key.Id, metadata);
        return _current.SetMetadata(key.Partition, key.Id, metadata);
    }

    private bool Take(EntryKey key)
    {
        _next?.RemoveById(key.Partition, key.Id);
        return _current.RemoveById(key.Partition, key.Id);
    }

    /// <summary>What had come in at some time.</summary>
    /// <param name="Sweeps">How many removals by filter.</param>
    /// <param name="Changes">How many changes of entries that share a lock with one.</param>
    internal readonly record struct Moment(long Sweeps, long Changes);
}
