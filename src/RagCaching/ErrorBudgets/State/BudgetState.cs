using RagCaching.ErrorBudgets.Model;

namespace RagCaching.ErrorBudgets.State;

/// <summary>Everything that a scope's budget has learnt, as it is stored.</summary>
internal sealed class BudgetState
{
    /// <summary>How many labels a budget keeps.</summary>
    public const int MaxLabels = 10_000;

    /// <summary>How many requests a budget looks back on.</summary>
    public const int MaxWindow = 2_000;

    /// <summary>How many rates of wrong answers the breaker weighs against the limit.</summary>
    public const int Alternatives = 5;

    public required double MaxErrorRate { get; init; }

    public required long Requests { get; init; }

    public required long Served { get; init; }

    public required long Audits { get; init; }

    public required long WrongAudits { get; init; }

    public required long Trips { get; init; }

    public required bool IsOpen { get; init; }

    public required int GateDecisions { get; init; }

    public required int GateWrong { get; init; }

    public required double[] Evidence { get; init; }

    public required FittedModel? Model { get; init; }

    public required BudgetLabel[] Labels { get; init; }

    public required MatchFeatures?[] Window { get; init; }

    public required KeyValuePair<ulong, GroupRecord>[] Groups { get; init; }
}
