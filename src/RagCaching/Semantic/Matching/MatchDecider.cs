using RagCaching.Diagnostics;
using RagCaching.Internal.Faults;
using RagCaching.Semantic.Lookups;

namespace RagCaching.Semantic.Matching;

/// <summary>Answers "may this stored answer be served to this question?": floor, then what was reported, then guards. Any doubt is a no.</summary>
internal sealed class MatchDecider(Lazy<IReadOnlyList<IMatchGuard>> guards, CacheTelemetry telemetry, FaultReporting reporting)
{
    private readonly FaultBarrier _barrier = new(TelemetryNames.Operations.Guard, reporting);

    /// <summary>Decides about one candidate.</summary>
    /// <param name="question">The question being asked.</param>
    /// <param name="candidate">The stored question.</param>
    /// <param name="similarity">Their cosine similarity, computed by this library.</param>
    /// <param name="minimumSimilarity">The floor.</param>
    /// <param name="isRejected">Whether the stored answer was reported as wrong for this question.</param>
    /// <returns>The reason against serving it; <see cref="SemanticCacheReason.None"/> where there is none.</returns>
    public SemanticCacheReason Decide(string question, string candidate, float similarity, float minimumSimilarity, bool isRejected) =>
        Decide(question, candidate, similarity, minimumSimilarity, isRejected, out _);

    /// <summary>Decides about one candidate, and names the guard that refuses it.</summary>
    /// <param name="question">The question being asked.</param>
    /// <param name="candidate">The stored question.</param>
    /// <param name="similarity">Their cosine similarity, computed by this library.</param>
    /// <param name="minimumSimilarity">The floor.</param>
    /// <param name="isRejected">Whether the stored answer was reported as wrong for this question.</param>
    /// <param name="refusal">Receives what the guards say, where they are asked.</param>
    /// <returns>The reason against serving it; <see cref="SemanticCacheReason.None"/> where there is none.</returns>
    public SemanticCacheReason Decide(string question, string candidate, float similarity, float minimumSimilarity, bool isRejected, out GuardRefusal refusal)
    {
        refusal = default;

        // Written so that NaN is refused.
        if (!(similarity >= minimumSimilarity))
        {
            return SemanticCacheReason.BelowThreshold;
        }

        if (isRejected)
        {
            return SemanticCacheReason.ReportedWrong;
        }

        refusal = _barrier.Run(static call => call.Decider.Ask(call.Question, call.Candidate), (Decider: this, Question: question, Candidate: candidate), fallback: GuardRefusal.OfAFailure);
        return refusal.IsRefused ? SemanticCacheReason.Guard : SemanticCacheReason.None;
    }

    private GuardRefusal Ask(string question, string candidate)
    {
        foreach (var guard in guards.Value)
        {
            if (guard.RuleAgainst(question, candidate) is { } rule)
            {
                telemetry.GuardRefused(guard.Name, rule);
                return new GuardRefusal(guard.Name, rule);
            }
        }

        return default;
    }
}
