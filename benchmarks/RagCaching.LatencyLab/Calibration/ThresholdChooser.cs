namespace RagCaching.LatencyLab.Calibration;

/// <summary>Chooses an error budget and a threshold that keeps it.</summary>
internal static class ThresholdChooser
{
    /// <summary>The shares of wrong answers among those served by meaning that an owner may accept, strictest first.</summary>
    private static readonly double[] Budgets = [0.01, 0.02, 0.05, 0.1, 0.25];

    /// <summary>Takes the strictest budget that the pairs can show to be kept, and the lowest threshold that keeps it.</summary>
    /// <param name="pairs">The pairs to choose on. Those that the guard refuses are left out: no threshold decides about them.</param>
    /// <returns>The budget, the threshold and the calibrator's explanation; a threshold of 1 if the pairs show nothing.</returns>
    public static (double Budget, float Threshold, string Explanation) Choose(IEnumerable<LabelledPair> pairs)
    {
        var labelled = pairs.Where(pair => pair.IsAllowed).Select(pair => new LabelledSimilarity(pair.Similarity, pair.Kind == PairKind.Same)).ToList();
        if (labelled.Count(pair => pair.IsRight) is var right && (right == 0 || right == labelled.Count))
        {
            return (Budgets[^1], 1, $"There is nothing to tell apart: {right} of {labelled.Count} pairs are right.");
        }

        ThresholdCalibration? calibration = null;
        foreach (var budget in Budgets)
        {
            calibration = new ThresholdCalibrator(1 - budget).Calibrate(labelled);
            if (calibration.Threshold is { } threshold)
            {
                return (budget, threshold, calibration.Explanation);
            }
        }

        return (Budgets[^1], 1, calibration!.Explanation);
    }
}
