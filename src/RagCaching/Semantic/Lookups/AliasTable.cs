using BitFaster.Caching.Lru;
using RagCaching.Semantic.Entries;

namespace RagCaching.Semantic.Lookups;

/// <summary>Remembers which stored answer served a re-worded question, so that its repeat needs neither embedding nor search.</summary>
/// <remarks>
/// That is all an alias saves: the stored similarity is compared with the current floor, the entry is read and checked again, and what
/// was reported about it counts. In this process only, and bounded. Thread-safe.
/// </remarks>
internal sealed class AliasTable
{
    private const int Capacity = 16_384;

    private readonly ConcurrentLru<(string Partition, string QuestionKey), Alias> _aliases;
    private readonly bool _isFixed;

    public AliasTable()
        : this(new ConcurrentLru<(string Partition, string QuestionKey), Alias>(Capacity), isFixed: false)
    {
    }

    private AliasTable(ConcurrentLru<(string Partition, string QuestionKey), Alias> aliases, bool isFixed) => (_aliases, _isFixed) = (aliases, isFixed);

    /// <summary>Gets the same aliases for who may only read them.</summary>
    public AliasTable ReadOnly() => new(_aliases, isFixed: true);

    public bool TryGet(string partition, string questionKey, out Alias alias) => _aliases.TryGet((partition, questionKey), out alias);

    public void Set(string partition, string questionKey, Alias alias)
    {
        if (!_isFixed)
        {
            _aliases.AddOrUpdate((partition, questionKey), alias);
        }
    }

    public void Remove(string partition, string questionKey)
    {
        if (!_isFixed)
        {
            _aliases.TryRemove((partition, questionKey));
        }
    }

    /// <summary>What a re-worded question was served.</summary>
    /// <param name="Target">The stored answer.</param>
    /// <param name="Similarity">The similarity of the two questions.</param>
    internal readonly record struct Alias(EntryId Target, float Similarity);
}
