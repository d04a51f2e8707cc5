using RagCaching.VectorStores.InMemory.Memory;

namespace RagCaching.VectorStores.InMemory.Rows;

/// <content>What the entry holds besides its vector; only the metadata can change.</content>
internal sealed partial class StoredEntry
{
    private readonly IReadOnlyList<string> _labels;
    private readonly object? _payload;
    private readonly long _createdAt;
    private readonly long _expiresAt;
    private object? _metadata;

    public string Id { get; }

    /// <summary>Gets when the entry was created, in ticks of UTC.</summary>
    public long CreatedAt => _createdAt;

    /// <summary>Gets or sets the metadata; readers see the old or the new whole.</summary>
    public ReadOnlyMemory<byte> Metadata
    {
        get => CompactMemory.Unpack(Volatile.Read(ref _metadata));
        set => Volatile.Write(ref _metadata, CompactMemory.Pack(value));
    }

    /// <summary>Tells whether a filter selects the entry.</summary>
    public bool Matches(VectorFilter filter)
    {
        if (filter.Partition is { } wanted && wanted != Partition.Name)
        {
            return false;
        }

        if (filter.CreatedBefore is { } limit && _createdAt >= limit.UtcTicks)
        {
            return false;
        }

        foreach (var label in filter.Labels)
        {
            if (!_labels.Contains(label))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Makes the entry that a caller gets.</summary>
    /// <param name="vector">Its vector, or nothing.</param>
    /// <param name="withPayload">Whether it has its payload.</param>
    public VectorEntry ToEntry(ReadOnlyMemory<float> vector, bool withPayload) => new()
    {
        Partition = Partition.Name,
        Id = Id,
        Vector = vector,
        Metadata = Metadata,
        Payload = withPayload ? CompactMemory.Unpack(_payload) : default,
        Labels = _labels,
        Owner = Owner,
        CreatedAt = new DateTimeOffset(_createdAt, TimeSpan.Zero),
        ExpiresAt = new DateTimeOffset(_expiresAt, TimeSpan.Zero),
    };
}
