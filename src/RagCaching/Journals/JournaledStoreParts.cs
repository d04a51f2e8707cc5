namespace RagCaching.Journals;

/// <summary>What a host knows about the cache that a journaled store belongs to.</summary>
internal sealed record JournaledStoreParts
{
    /// <summary>Gets the name under which the cache is counted.</summary>
    public string Name { get; init; } = "default";

    /// <summary>Gets the embedding model; <see langword="null"/> if its generator does not tell.</summary>
    public string? EmbeddingModel { get; init; }

    /// <summary>Gets the number of dimensions; <see langword="null"/> if the generator does not tell.</summary>
    public int? Dimensions { get; init; }
}
