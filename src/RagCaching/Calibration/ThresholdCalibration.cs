namespace RagCaching;

/// <summary>The result of a <see cref="ThresholdCalibrator"/>: the threshold, if there is one, and the whole curve.</summary>
public sealed class ThresholdCalibration
{
    /// <summary>Gets the lowest accepted threshold, which reaches the target precision with the required confidence.</summary>
    /// <value><see langword="null"/> if there is none; <see cref="Explanation"/> says why.</value>
    public required float? Threshold { get; init; }

    /// <summary>Gets a sentence for the reader: which threshold was chosen, or why there is none.</summary>
    public required string Explanation { get; init; }

    /// <summary>Gets every threshold that was considered, strictest first.</summary>
    public required IReadOnlyList<ThresholdPoint> Curve { get; init; }
}
