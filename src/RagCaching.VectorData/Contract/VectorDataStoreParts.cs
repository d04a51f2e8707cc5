namespace RagCaching.VectorData.Contract;

/// <summary>What a store knows of the cache it is part of.</summary>
internal sealed class VectorDataStoreParts
{
    /// <summary>Gets the name under which the cache is counted.</summary>
    public string Name { get; init; } = SemanticCache.DefaultName;

    /// <summary>Gets the number of dimensions that the embedding generator says its vectors have.</summary>
    public int? Dimensions { get; init; }
}
