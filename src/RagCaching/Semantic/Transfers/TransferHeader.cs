namespace RagCaching.Semantic.Transfers;

/// <summary>The first line of an export: what the lines after it are, and where they can be used.</summary>
internal sealed record TransferHeader
{
    /// <summary>The name of the format.</summary>
    public const string EntriesFormat = "ragcaching-entries";

    /// <summary>The version that is written, and the highest one that is read.</summary>
    public const int CurrentVersion = 1;

    public required string Format { get; init; }

    public required int Version { get; init; }

    /// <summary>Gets a digest of the secret under which ids and labels were made.</summary>
    public required string Keys { get; init; }

    /// <summary>Gets the name of the model of the vectors; <see langword="null"/> where it has none.</summary>
    public string? EmbeddingModel { get; init; }

    /// <summary>Gets a digest of everything that tells that model from others.</summary>
    public required string Vectors { get; init; }
}
