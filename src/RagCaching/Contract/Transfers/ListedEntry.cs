namespace RagCaching.Contract.Transfers;

/// <summary>A stored answer, as its owner sees it.</summary>
internal sealed record ListedEntry
{
    public required string Id { get; init; }

    public required string Question { get; init; }

    /// <summary>Gets the text of the answer, without reasoning and without what tools said.</summary>
    public required string Answer { get; init; }

    /// <summary>Gets the model that generated it; <see langword="null"/> if it is not known.</summary>
    public string? ModelId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when it expires; <see langword="null"/> for a curated one, which never does.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public bool IsCurated => ExpiresAt is null;

    /// <summary>Gets the sources that it was built on.</summary>
    public required IReadOnlyCollection<string> Sources { get; init; }

    /// <summary>Gets how often it was reported as right.</summary>
    public int Right { get; init; }

    /// <summary>Gets how often it was reported as wrong.</summary>
    public int Wrong { get; init; }

    /// <summary>Gets the tokens that it took when it was generated, as far as the provider told them.</summary>
    public long Tokens { get; init; }

    /// <summary>Gets the size of question and answer as they are stored, in bytes.</summary>
    public required long Bytes { get; init; }
}
