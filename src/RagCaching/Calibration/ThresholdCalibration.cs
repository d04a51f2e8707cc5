namespace RagCaching;

/// <summary>What a <see cref="ThresholdCalibrator"/> found: the threshold, if there is one, and the whole curve.</summary>
public sealed class ThresholdCalibration
{
    /// <summary>Gets the lowest threshold that reaches the target with confidence.</summary>
    /// <value><see langword="null"/> when none does; <see cref="Explanation"/> says why.</value>
    public required float? Threshold { get; init; }

    /// <summary>Gets a sentence for the person who asked: what was chosen, or why nothing was.</summary>
    public required string Explanation { get; init; }

    /// <summary>Gets every threshold that was considered, strictest first.</summary>
    public required IReadOnlyList<ThresholdPoint> Curve { get; init; }
}
