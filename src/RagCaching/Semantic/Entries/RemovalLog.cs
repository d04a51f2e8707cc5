namespace RagCaching.Semantic.Entries;

/// <summary>Remembers recent removals, so that an answer whose generation began before one is not stored after it.</summary>
/// <remarks>Thread-safe. Of more removals than it remembers it takes the cautious view: the answer is not stored.</remarks>
internal sealed class RemovalLog
{
    private const int Capacity = 64;
    private const int MostRevoked = 64;

    private readonly Lock _lock = new();
    private readonly (string[] Labels, DateTimeOffset? CreatedBefore)[] _recent = new (string[], DateTimeOffset?)[Capacity];
    private readonly List<(string Partition, string Id, DateTimeOffset CreatedAt)> _revoked = [];
    private long _count;
    private volatile int _revokedCount;

    /// <summary>Gets the point in the log where removals begin to matter to work that starts now.</summary>
    public long Now => Volatile.Read(ref _count);

    /// <summary>Adds a removal; to be called before the store is asked to remove.</summary>
    public void Add(string[] labels, DateTimeOffset? createdBefore)
    {
        lock (_lock)
        {
            _recent[_count % Capacity] = (labels, createdBefore);
            Volatile.Write(ref _count, _count + 1);
        }
    }

    /// <summary>Notes an entry that was removed and may be in the store for a while, or for good. Of more than it remembers the oldest are forgotten.</summary>
    public void Revoke(VectorEntry entry)
    {
        lock (_lock)
        {
            _revoked.Add((entry.Partition, entry.Id, entry.CreatedAt));
            if (_revoked.Count > MostRevoked)
            {
                _revoked.RemoveAt(0);
            }

            _revokedCount = _revoked.Count;
        }
    }

    /// <summary>Forgets an entry that is out of the store.</summary>
    public void Unrevoke(VectorEntry entry)
    {
        lock (_lock)
        {
            _revoked.Remove((entry.Partition, entry.Id, entry.CreatedAt));
            _revokedCount = _revoked.Count;
        }
    }

    /// <summary>Tells whether an entry is one that was removed, though the store has it. Hardly ever is there one to compare with.</summary>
    public bool IsRevoked(VectorEntry entry)
    {
        if (_revokedCount == 0)
        {
            return false;
        }

        lock (_lock)
        {
            return _revoked.Contains((entry.Partition, entry.Id, entry.CreatedAt));
        }
    }

    /// <summary>Tells whether an entry falls under a removal that came after some point.</summary>
    public bool Covers(IReadOnlyList<string> labels, DateTimeOffset createdAt, long since)
    {
        if (Now == since)
        {
            return false;
        }

        lock (_lock)
        {
            if (_count - since > Capacity)
            {
                return true;
            }

            for (var i = since; i < _count; i++)
            {
                var (required, createdBefore) = _recent[i % Capacity];
                if ((createdBefore is null || createdAt < createdBefore) && required.All(labels.Contains))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
