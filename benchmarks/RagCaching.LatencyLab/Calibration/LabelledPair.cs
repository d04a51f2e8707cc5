namespace RagCaching.LatencyLab.Calibration;

/// <summary>Two texts that were compared.</summary>
/// <param name="Similarity">Their cosine.</param>
/// <param name="Kind">What is true about them.</param>
internal readonly record struct LabelledPair(float Similarity, PairKind Kind);
