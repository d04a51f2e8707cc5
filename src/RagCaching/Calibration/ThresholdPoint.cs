namespace RagCaching;

/// <summary>The effect that one similarity threshold would have on the labelled pairs.</summary>
public sealed class ThresholdPoint
{
    /// <summary>Gets the similarity at or above which matches are served.</summary>
    public required float Threshold { get; init; }

    /// <summary>Gets the number of labelled pairs at or above the threshold.</summary>
    public required int Hits { get; init; }

    /// <summary>Gets the number of these pairs that are right.</summary>
    public required int Right { get; init; }

    /// <summary>Gets <see cref="Right"/> divided by <see cref="Hits"/>.</summary>
    /// <value>In [0, 1]; NaN without hits.</value>
    public double Precision => (double)Right / Hits;

    /// <summary>Gets the one-sided lower confidence bound on the precision, at the calibrator's confidence.</summary>
    /// <value>In [0, 1]; 0 without hits.</value>
    public required double PrecisionLower { get; init; }

    /// <summary>Gets the one-sided upper confidence bound on the precision, at the calibrator's confidence.</summary>
    /// <value>In [0, 1]; 1 without hits.</value>
    public required double PrecisionUpper { get; init; }

    /// <summary>Gets <see cref="Right"/> divided by the number of all right pairs, at any similarity.</summary>
    /// <value>In [0, 1].</value>
    public required double Recall { get; init; }

    /// <summary>Gets a value indicating whether the test accepted the threshold.</summary>
    /// <value>
    /// <see langword="true"/> for the thresholds from the strictest tested one down to <see cref="ThresholdCalibration.Threshold"/>. A lower threshold with
    /// a sufficient bound is not accepted, because it was not tested.
    /// </value>
    public required bool IsAccepted { get; init; }
}
