namespace RagCaching;

/// <summary>Selects entries of an <see cref="IVectorStore"/> by what they are, not by what they are close to.</summary>
/// <remarks>Conditions are combined with "and"; a filter without any selects every entry.</remarks>
public sealed class VectorFilter
{
    /// <summary>Gets the partition, or <see langword="null"/> for all of them.</summary>
    public string? Partition { get; init; }

    /// <summary>Gets the labels that an entry must all have.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Gets the time before which an entry must have been made, or <see langword="null"/> for any time.</summary>
    public DateTimeOffset? CreatedBefore { get; init; }
}
