namespace RagCaching.LatencyLab.Rag;

/// <summary>An answer of the application, and how it came about.</summary>
internal sealed record RagReply
{
    public required string Text { get; init; }

    /// <summary>Gets when the first token was here, counted from the question.</summary>
    public required TimeSpan FirstToken { get; init; }

    public required TimeSpan Total { get; init; }

    public required StageTimes Stages { get; init; }

    /// <summary>Gets what the semantic cache said; <see langword="null"/> without one.</summary>
    public SemanticCacheResult? Cache { get; init; }

    /// <summary>Gets the id that the model gave its answer, and the clock's reading at the first token.</summary>
    public string? ResponseId { get; init; }

    public long FirstTokenTimestamp { get; init; }

    public bool IsHit => Cache is { IsHit: true };
}
