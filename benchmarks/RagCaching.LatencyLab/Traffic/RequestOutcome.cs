using RagCaching.LatencyLab.Rag;

namespace RagCaching.LatencyLab.Traffic;

/// <summary>What came of one request.</summary>
/// <param name="Asked">What was asked.</param>
/// <param name="Reply">What was answered.</param>
/// <param name="IsWrong">Whether a stored answer to a question with another answer was served.</param>
internal sealed record RequestOutcome(LabelledText Asked, RagReply Reply, bool IsWrong);
