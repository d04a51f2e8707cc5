namespace RagCaching.Import.Values;

/// <summary>What a record of a source says.</summary>
internal readonly record struct Record(string? Question, string? Answer)
{
    /// <summary>Gets what the source calls the question.</summary>
    public string QuestionField { get; init; } = "question";

    /// <summary>Gets what the source calls the answer.</summary>
    public string AnswerField { get; init; } = "answer";

    public CacheScope? Scope { get; init; }

    public string? Partition { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public TimeSpan? TimeToLive { get; init; }
}
