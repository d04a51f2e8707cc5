namespace RagCaching.AspNetCore.Replies;

/// <summary>What a cache did: since it started, where the sender may see all scopes, and in the newest requests.</summary>
internal sealed record StatisticsReply
{
    public required bool AllScopes { get; init; }

    public required bool ShowsTexts { get; init; }

    public required bool Recorded { get; init; }

    /// <summary>Gets the outcomes since the start, of all scopes; <see langword="null"/> where the sender may not see them.</summary>
    public IReadOnlyDictionary<string, long>? Outcomes { get; init; }

    public IReadOnlyDictionary<string, long>? Reasons { get; init; }

    /// <summary>Gets the outcomes of the newest requests that the sender may see.</summary>
    public required IReadOnlyDictionary<string, long> RecentOutcomes { get; init; }

    public required IReadOnlyDictionary<string, long> RecentReasons { get; init; }

    /// <summary>Gets what was saved and spent since the start: in all scopes, where the sender may see them, and otherwise in the sender's own; <see langword="null"/> without requests there.</summary>
    public MoneyReply? Money { get; init; }

    /// <summary>Gets what is in the store; <see langword="null"/> where the sender may not see all scopes, or the store does not count in this process.</summary>
    public StoreReply? Store { get; init; }

    public required IReadOnlyList<BudgetReply> Budgets { get; init; }

    public double? Limit { get; init; }

    public float? CutOff { get; init; }

    public required HistogramReply Histogram { get; init; }

    public required int Waiting { get; init; }
}

/// <summary>How an error budget stands.</summary>
internal sealed record BudgetReply(bool IsServing, long Requests, long Served, int Labels, long Audits, long WrongAudits, double ErrorRateUpper, long BreakerTrips);

/// <summary>How many of the newest matches lie at which similarity: bin i holds those from i times the width up, and the first one also those below 0.</summary>
internal sealed record HistogramReply(double Width, IReadOnlyList<int> Served, IReadOnlyList<int> Refused);

/// <summary>A problem in the form of RFC 9457.</summary>
internal sealed record ProblemReply(string Title, int Status, string Detail);
