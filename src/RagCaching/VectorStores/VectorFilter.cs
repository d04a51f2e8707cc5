namespace RagCaching;

/// <summary>Selects entries of an <see cref="IVectorStore"/> by their properties, not by similarity.</summary>
/// <remarks>Conditions are combined with "and". A filter without conditions selects every entry.</remarks>
public sealed class VectorFilter
{
    /// <summary>Gets the partition, or <see langword="null"/> for all of them.</summary>
    public string? Partition { get; init; }

    /// <summary>Gets the labels that an entry must have, all of them.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Gets the time before which an entry must have been created, or <see langword="null"/> for any time.</summary>
    public DateTimeOffset? CreatedBefore { get; init; }
}
