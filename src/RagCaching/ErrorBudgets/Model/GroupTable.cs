using BitFaster.Caching.Lru;

namespace RagCaching.ErrorBudgets.Model;

/// <summary>What is known about the groups of a scope: those used lately, up to a number.</summary>
/// <remarks>
/// A group of one question without labels needs no record. A group whose record was dropped counts as such a group until it is used again.
/// Not thread-safe.
/// </remarks>
internal sealed class GroupTable
{
    public const int Capacity = 2_048;

    private readonly ConcurrentLru<ulong, GroupRecord> _records = new(Capacity);

    public IEnumerable<KeyValuePair<ulong, GroupRecord>> Records => _records;

    public GroupRecord? Find(ulong group) => _records.TryGet(group, out var record) ? record : null;

    public GroupRecord FindOrAdd(ulong group) => _records.GetOrAdd(group, static _ => new GroupRecord());

    public void Set(ulong group, GroupRecord record) => _records.AddOrUpdate(group, record);
}
