namespace RagCaching;

/// <summary>What a host expects of a journal: hosts with other keys or another embedding model must not share one.</summary>
public sealed class JournalIdentity
{
    /// <summary>Gets a digest that only hosts with the same <see cref="RagCachingKeyOptions.KeySecret"/> have.</summary>
    public required string KeyCheck { get; init; }

    /// <summary>Gets the embedding model whose vectors are stored.</summary>
    /// <value><see langword="null"/> if the embedding generator does not tell.</value>
    public string? EmbeddingModel { get; init; }

    /// <summary>Gets the number of dimensions of the vectors.</summary>
    /// <value><see langword="null"/> if the embedding generator does not tell.</value>
    public int? Dimensions { get; init; }
}
