namespace RagCaching.LatencyLab.Calibration;

/// <summary>Two texts that were compared.</summary>
/// <param name="Similarity">Their cosine.</param>
/// <param name="Kind">What is true about them.</param>
/// <param name="IsAllowed">Whether the guard would let the answer to one be served to the other.</param>
internal readonly record struct LabelledPair(float Similarity, PairKind Kind, bool IsAllowed = true);
