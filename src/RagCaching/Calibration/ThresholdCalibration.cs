namespace RagCaching;

/// <summary>The result of a <see cref="ThresholdCalibrator"/>: the threshold, if there is one, and the whole curve.</summary>
public sealed class ThresholdCalibration
{
    /// <summary>Gets the lowest accepted threshold, which reaches the target precision with the required confidence.</summary>
    /// <value><see langword="null"/> if there is none; <see cref="Explanation"/> says why.</value>
    public required float? Threshold { get; init; }

    /// <summary>Gets a sentence for the reader: which threshold was chosen, or why there is none.</summary>
    public required string Explanation { get; init; }

    /// <summary>Gets a sentence about why the threshold is not to be trusted, although the pairs allow it. <see cref="Explanation"/> ends with it.</summary>
    /// <value>
    /// <see langword="null"/> if there is no such reason. There is one if the threshold serves nine in ten of the pairs: such pairs come from a cache that had nearly every answer already, and a cache that is
    /// empty, or a new kind of question, meets more neighbours with another answer.
    /// </value>
    public string? Warning { get; init; }

    /// <summary>Gets every threshold that was considered, strictest first.</summary>
    public required IReadOnlyList<ThresholdPoint> Curve { get; init; }
}
