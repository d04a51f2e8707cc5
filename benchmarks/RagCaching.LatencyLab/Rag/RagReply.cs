namespace RagCaching.LatencyLab.Rag;

/// <summary>An answer of the application, and how it came about.</summary>
internal sealed record RagReply
{
    public required RagAnswer Answer { get; init; }

    /// <summary>Gets how long calls of the embedding model took, also those that the pipeline knows nothing of.</summary>
    public required TimeSpan Embedding { get; init; }

    public required bool Streams { get; init; }

    /// <summary>Gets the id that the model gave its answer, and the clock's reading at the first token.</summary>
    public string? ResponseId { get; init; }

    public long FirstTokenTimestamp { get; init; }

    public string Text => Answer.Text;

    /// <summary>Gets when the first token was here, counted from the question.</summary>
    public TimeSpan FirstToken => Answer.Timings.TimeToFirstToken;

    public TimeSpan Total => Answer.Timings.Total;

    public StageTimes Stages => StageTimes.Of(Answer.Timings, Embedding, Streams);

    public bool IsHit => Answer.IsHit;
}
