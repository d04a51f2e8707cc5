using RagCaching.LatencyLab.Providers;
using RagCaching.LatencyLab.Techniques;

namespace RagCaching.LatencyLab.Traffic;

/// <summary>What came of the whole traffic with one technique.</summary>
internal sealed record TechniqueRun(Technique Technique, IReadOnlyList<RequestOutcome> Outcomes, CallCounts Calls, TimeSpan Duration)
{
    public int Served => Outcomes.Count(outcome => outcome.Reply.IsHit);

    public int Wrong => Outcomes.Count(outcome => outcome.IsWrong);
}
