using RagCaching.Diagnostics;
using RagCaching.Internal.Faults;

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
    public SemanticCacheReason Decide(string question, string candidate, float similarity, float minimumSimilarity, bool isRejected)
    {
        // Written so that NaN is refused.
        if (!(similarity >= minimumSimilarity))
        {
            return SemanticCacheReason.BelowThreshold;
        }

        if (isRejected)
        {
            return SemanticCacheReason.ReportedWrong;
        }

        // A guard that cannot be made or cannot decide has not allowed anything.
        return _barrier.Run(static call => call.Decider.AreSatisfied(call.Question, call.Candidate), (Decider: this, Question: question, Candidate: candidate), fallback: false)
            ? SemanticCacheReason.None
            : SemanticCacheReason.Guard;
    }

    private bool AreSatisfied(string question, string candidate)
    {
        foreach (var guard in guards.Value)
        {
            if (!guard.Allows(question, candidate))
            {
                telemetry.GuardRefused(guard.Name);
                return false;
            }
        }

        return true;
    }
}
