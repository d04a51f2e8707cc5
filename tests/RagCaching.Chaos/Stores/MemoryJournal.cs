using System.Collections.Concurrent;
using System.Globalization;

namespace RagCaching.Chaos.Stores;

/// <summary>A journal in this process: the contract in its shortest form, and failures on demand.</summary>
public sealed class MemoryJournal(MemoryJournal.Place place, TimeProvider? time = null) : IVectorJournal, IJournalLeases
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    public string Engine => "memory";

    /// <summary>Gets or sets what happens before every operation: throwing, waiting.</summary>
    public Func<string, CancellationToken, Task>? Before { get; set; }

    /// <summary>Gets or sets what happens after an append was accepted and before it returns.</summary>
    public Func<Task>? AfterAppend { get; set; }

    /// <summary>Gets or sets what happens after an entry was read and before it is handed out.</summary>
    public Func<Task>? AfterRead { get; set; }

    public bool IsDisposed { get; private set; }

    public async ValueTask<JournalPosition> OpenAsync(JournalIdentity identity, CancellationToken cancellationToken = default)
    {
        await ComesAsync("open", cancellationToken);
        lock (place)
        {
            place.Identity ??= identity;
            if (place.Identity.KeyCheck != identity.KeyCheck)
            {
                throw new JournalMismatchException($"RagCachingKeyOptions.KeySecret: the journal belongs to {place.Identity.KeyCheck}, not to {identity.KeyCheck}.");
            }

            if (place.Identity.EmbeddingModel is { } model && identity.EmbeddingModel is { } other && model != other)
            {
                throw new JournalMismatchException($"The journal has vectors of {model}, not of {other}.");
            }

            if (place.Identity.Dimensions is { } dimensions && identity.Dimensions is { } others && dimensions != others)
            {
                throw new JournalMismatchException($"The journal has vectors of {dimensions} dimensions, not of {others}.");
            }

            return place.Position;
        }
    }

    public async ValueTask<IReadOnlyList<JournalReceipt>> AppendAsync(IReadOnlyList<JournalChange> changes, CancellationToken cancellationToken = default)
    {
        await ComesAsync("append", cancellationToken);
        JournalReceipt[] receipts;
        lock (place)
        {
            if (changes.FirstOrDefault(change => change.Entry is { } entry && place.Refuses(entry)) is { } refused)
            {
                throw new ArgumentException($"The entry '{refused.Id}' can never be stored.", nameof(changes));
            }

            receipts = [.. changes.Select(Append)];
            place.Signal();
        }

        if (AfterAppend is { } after)
        {
            await after();
        }

        return receipts;
    }

    public async ValueTask<JournalPage> ReadSnapshotAsync(string? cursor, int maxEntries, bool withPayloads, CancellationToken cancellationToken = default)
    {
        await ComesAsync("snapshot", cancellationToken);
        lock (place)
        {
            var before = cursor is null ? long.MaxValue : long.Parse(cursor, CultureInfo.InvariantCulture);
            var rows = place.Entries.Values.Where(row => row.Version < before && row.Entry.ExpiresAt > _time.GetUtcNow()).OrderByDescending(row => row.Version).Take(maxEntries).ToArray();
            return new JournalPage([.. rows.Select(row => withPayloads ? row.Entry : Without(row.Entry))], rows.Length < maxEntries ? null : rows[^1].Version.ToString(CultureInfo.InvariantCulture));
        }
    }

    public async ValueTask<JournalChanges> ReadChangesAsync(JournalPosition after, int maxChanges, bool withPayloads, CancellationToken cancellationToken = default)
    {
        await ComesAsync("changes", cancellationToken);
        lock (place)
        {
            if (after.Incarnation != place.Position.Incarnation || after.Version < place.TrimmedBefore)
            {
                return new JournalChanges([], place.Position, IsGap: true);
            }

            var records = place.Entries.Values
                .Where(row => row.Version > after.Version)
                .Select(row => new JournalRecord(row.Version, ReferenceEquals(row.Origin, this), JournalChange.Upsert(withPayloads ? row.Entry : Without(row.Entry), 0)))
                .Concat(place.Removals.Where(row => row.Version > after.Version).Select(row => new JournalRecord(row.Version, ReferenceEquals(row.Origin, this), row.Change)))
                .OrderBy(record => record.Version)
                .ToArray();
            var taken = records.Take(maxChanges).ToArray();
            place.Delivered += taken.Count(record => !record.IsOwn);
            var hasMore = records.Length > taken.Length;
            return new JournalChanges(taken, hasMore ? after with { Version = taken[^1].Version } : place.Position, HasMore: hasMore);
        }
    }

    public async ValueTask WaitForChangesAsync(JournalPosition after, TimeSpan atMost, CancellationToken cancellationToken = default)
    {
        await ComesAsync("wait", cancellationToken);
        Task changed;
        lock (place)
        {
            if (place.Position.Version > after.Version)
            {
                return;
            }

            changed = place.Changed;
        }

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(changed, Task.Delay(atMost, _time, enough.Token));
        await enough.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    public async ValueTask<VectorEntry?> ReadAsync(string partition, string id, bool withVector, CancellationToken cancellationToken = default)
    {
        await ComesAsync("read", cancellationToken);
        VectorEntry? entry;
        lock (place)
        {
            entry = place.Entries.TryGetValue((partition, id), out var row) && row.Entry.ExpiresAt > _time.GetUtcNow() ? row.Entry : null;
        }

        await (AfterRead?.Invoke() ?? Task.CompletedTask);
        return entry;
    }

    public async ValueTask<string?> TryAcquireLeaseAsync(string name, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        await ComesAsync("lease", cancellationToken);
        lock (place)
        {
            if (place.Leases.TryGetValue(name, out var lease) && lease.Until > _time.GetUtcNow())
            {
                return null;
            }

            var token = Guid.NewGuid().ToString("N");
            place.Leases[name] = (token, _time.GetUtcNow() + duration);
            return token;
        }
    }

    public async ValueTask<bool> IsLeasedAsync(string name, CancellationToken cancellationToken = default)
    {
        await ComesAsync("lease", cancellationToken);
        lock (place)
        {
            return place.Leases.TryGetValue(name, out var lease) && lease.Until > _time.GetUtcNow();
        }
    }

    public async ValueTask ReleaseLeaseAsync(string name, string token, CancellationToken cancellationToken = default)
    {
        await ComesAsync("lease", cancellationToken);
        lock (place)
        {
            if (place.Leases.TryGetValue(name, out var lease) && lease.Token == token)
            {
                place.Leases.TryRemove(name, out _);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return default;
    }

    private static VectorEntry Without(VectorEntry entry) => new()
    {
        Partition = entry.Partition,
        Id = entry.Id,
        Vector = entry.Vector,
        EmbeddingModel = entry.EmbeddingModel,
        Metadata = entry.Metadata,
        Labels = entry.Labels,
        Owner = entry.Owner,
        CreatedAt = entry.CreatedAt,
        ExpiresAt = entry.ExpiresAt,
    };

    private static VectorEntry With(VectorEntry entry, ReadOnlyMemory<byte> metadata) => new()
    {
        Partition = entry.Partition,
        Id = entry.Id,
        Vector = entry.Vector,
        EmbeddingModel = entry.EmbeddingModel,
        Metadata = metadata,
        Payload = entry.Payload,
        Labels = entry.Labels,
        Owner = entry.Owner,
        CreatedAt = entry.CreatedAt,
        ExpiresAt = entry.ExpiresAt,
    };

    private async Task ComesAsync(string operation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Before is { } before)
        {
            await before(operation, cancellationToken);
        }
    }

    private JournalReceipt Append(JournalChange change)
    {
        var now = _time.GetUtcNow();
        switch (change.Kind)
        {
            case JournalChangeKind.Upsert:
                var entry = change.Entry!;
                if (!place.Position.IsKnownTo(change) || change.BasedOn < place.TrimmedBefore || place.Removals.Any(row => row.Version > change.BasedOn && row.Change.Covers(entry)))
                {
                    return new JournalReceipt(place.Position.Version, IsRefused: true, 0);
                }

                place.Entries[(entry.Partition, entry.Id)] = (place.Next(), this, entry);
                return new JournalReceipt(place.Position.Version, IsRefused: false, 1);
            case JournalChangeKind.SetMetadata:
                if (!place.Entries.TryGetValue((change.Partition, change.Id), out var row) || row.Entry.CreatedAt != change.CreatedAt || row.Entry.ExpiresAt <= now)
                {
                    return new JournalReceipt(place.Position.Version, IsRefused: false, 0);
                }

                place.Entries[(change.Partition, change.Id)] = (place.Next(), null, With(row.Entry, change.Content));
                return new JournalReceipt(place.Position.Version, IsRefused: false, 1);
            case JournalChangeKind.Learn:
                place.Removals.Add((place.Next(), this, change));
                return new JournalReceipt(place.Position.Version, IsRefused: false, 0);
            default:
                var covered = place.Entries.Where(pair => change.Covers(pair.Value.Entry)).ToArray();
                foreach (var pair in covered)
                {
                    place.Entries.Remove(pair.Key);
                }

                place.Removals.Add((place.Next(), this, change));
                return new JournalReceipt(place.Position.Version, IsRefused: false, covered.Count(pair => pair.Value.Entry.ExpiresAt > now));
        }
    }

    /// <summary>What several journals share.</summary>
    public sealed class Place
    {
        private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public JournalPosition Position { get; private set; } = new(Guid.NewGuid().ToString("N"), 0);

        public JournalIdentity? Identity { get; set; }

        /// <summary>Gets or sets which entries can never be stored.</summary>
        public Func<VectorEntry, bool> Refuses { get; set; } = static _ => false;

        public long TrimmedBefore { get; private set; }

        /// <summary>Gets or sets how many changes of others were handed out.</summary>
        public int Delivered { get; set; }

        public Dictionary<(string Partition, string Id), (long Version, MemoryJournal? Origin, VectorEntry Entry)> Entries { get; } = [];

        public List<(long Version, MemoryJournal Origin, JournalChange Change)> Removals { get; } = [];

        public ConcurrentDictionary<string, (string Token, DateTimeOffset Until)> Leases { get; } = new();

        public Task Changed => _changed.Task;

        public long Next() => (Position = Position with { Version = Position.Version + 1 }).Version;

        public void Signal()
        {
            _changed.TrySetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        /// <summary>Forgets all removals: readers that do not know them come too late.</summary>
        public void Trim()
        {
            lock (this)
            {
                Removals.Clear();
                TrimmedBefore = Position.Version;
            }
        }

        /// <summary>Loses everything, as a server does that restarts without its data.</summary>
        public void LoseEverything()
        {
            lock (this)
            {
                Entries.Clear();
                Removals.Clear();
                TrimmedBefore = 0;
                Position = new JournalPosition(Guid.NewGuid().ToString("N"), 0);
                Signal();
            }
        }
    }
}
