namespace RagCaching.AspNetCore.Replies;

/// <summary>A text, or only its length where texts are not shown.</summary>
internal sealed record TextReply(string? Text, int Length);

/// <summary>What a cache decided about one request.</summary>
internal sealed record DecisionReply
{
    public required long Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required SemanticCacheOutcome Outcome { get; init; }

    public required SemanticCacheReason Reason { get; init; }

    public float? Similarity { get; init; }

    public float? MinimumSimilarity { get; init; }

    public string? Guard { get; init; }

    public string? GuardRule { get; init; }

    public string? EntryId { get; init; }

    public required bool Served { get; init; }

    public bool? Correct { get; init; }

    public required TextReply Question { get; init; }

    public required TextReply Stored { get; init; }
}

/// <summary>A list of decisions, newest first.</summary>
internal sealed record DecisionsReply(bool Recorded, IReadOnlyList<DecisionReply> Decisions);

/// <summary>What came of a report or a removal.</summary>
internal sealed record StatusReply(EntryStatus Status);

/// <summary>How many answers a filter selects, and whether they are removed.</summary>
internal sealed record InvalidateReply(long Count, bool DryRun);

/// <summary>The id of an answer that was stored.</summary>
internal sealed record CurateReply(string EntryId);
