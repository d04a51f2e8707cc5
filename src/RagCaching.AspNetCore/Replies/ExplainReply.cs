namespace RagCaching.AspNetCore.Replies;

/// <summary>What would happen to a question, and why.</summary>
internal sealed record ExplainReply
{
    public required SemanticCacheOutcome Outcome { get; init; }

    public required SemanticCacheReason Reason { get; init; }

    public float? Similarity { get; init; }

    public float? MinimumSimilarity { get; init; }

    public string? EntryId { get; init; }

    public required IReadOnlyList<CandidateReply> Candidates { get; init; }

    public required IReadOnlyList<StepReply> Steps { get; init; }
}

/// <summary>A stored question near the one that is explained.</summary>
internal sealed record CandidateReply(string EntryId, float Similarity, SemanticCacheReason Reason, string? Guard, string? GuardRule, TextReply Question);

/// <summary>One step of a lookup. What came of it may hold stored questions, and is left out where texts are not shown.</summary>
internal sealed record StepReply(string Name, string? Finding);
