using RagCaching.LatencyLab.Traffic;

namespace RagCaching.LatencyLab.Calibration;

/// <summary>A threshold, and how good it is on the questions it was chosen on and on others.</summary>
internal sealed record ThresholdChoice(float Threshold, ThresholdQuality Chosen, ThresholdQuality HeldOut)
{
    /// <summary>The share of look-alikes that may reach the threshold.</summary>
    public const double MaxLookAlikeShare = 0.02;

    /// <summary>Chooses on every other question, and keeps the rest to see what the choice is worth.</summary>
    public static ThresholdChoice Make(IReadOnlyList<Question> questions, IReadOnlyDictionary<string, ReadOnlyMemory<float>> vectors)
    {
        var chosen = PairSet.Of(questions.Where((_, index) => index % 2 == 0), vectors);
        var heldOut = PairSet.Of(questions.Where((_, index) => index % 2 == 1), vectors);
        var threshold = ThresholdChooser.Choose(chosen, MaxLookAlikeShare);
        return new ThresholdChoice(threshold, ThresholdQuality.Of(chosen, threshold), ThresholdQuality.Of(heldOut, threshold));
    }
}
