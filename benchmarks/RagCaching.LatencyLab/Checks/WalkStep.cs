using RagCaching.LatencyLab.Providers;
using RagCaching.LatencyLab.Rag;

namespace RagCaching.LatencyLab.Checks;

/// <summary>One question of the walk-through, and the calls that its answer took.</summary>
internal sealed record WalkStep(string Question, RagReply Reply, CallCounts Calls);
