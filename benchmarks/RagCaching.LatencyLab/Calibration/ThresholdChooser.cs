namespace RagCaching.LatencyLab.Calibration;

/// <summary>Chooses the lowest threshold that lets few look-alikes through.</summary>
internal static class ThresholdChooser
{
    private const int Steps = 100;

    /// <summary>Chooses a threshold in steps of 0.01.</summary>
    /// <param name="pairs">The pairs to choose on.</param>
    /// <param name="maxLookAlikeShare">The largest share of the look-alikes that may reach the threshold.</param>
    /// <returns>The threshold; 1 if none below keeps the share.</returns>
    public static float Choose(IReadOnlyList<LabelledPair> pairs, double maxLookAlikeShare)
    {
        var lookAlikes = pairs.Where(pair => pair.Kind == PairKind.LookAlike).Select(pair => pair.Similarity).ToList();
        for (var step = 0; step < Steps; step++)
        {
            var threshold = (float)step / Steps;
            if (lookAlikes.Count(similarity => similarity >= threshold) <= maxLookAlikeShare * lookAlikes.Count)
            {
                return threshold;
            }
        }

        return 1;
    }
}
