namespace RagCaching.LatencyLab.Calibration;

/// <summary>An error budget and a threshold, and how good they are on the pairs they were chosen on and on others.</summary>
/// <param name="Budget">The share of wrong answers among those served by meaning that is accepted.</param>
/// <param name="Threshold">The floor of the semantic cache.</param>
/// <param name="Explanation">Why this threshold.</param>
/// <param name="Chosen">The pairs that it was chosen on.</param>
/// <param name="HeldOut">Pairs of other questions.</param>
internal sealed record ThresholdChoice(double Budget, float Threshold, string Explanation, ThresholdQuality Chosen, ThresholdQuality HeldOut)
{
    /// <summary>Chooses on one half of the questions, and looks at the other.</summary>
    public static ThresholdChoice Make(QuestionHalves halves, IReadOnlyDictionary<string, ReadOnlyMemory<float>> vectors, IMatchGuard guard)
    {
        var chosen = PairSet.Of(halves.Chosen, vectors, guard);
        var (budget, threshold, explanation) = ThresholdChooser.Choose(chosen);
        return new ThresholdChoice(
            budget, threshold, explanation, ThresholdQuality.Of(chosen, threshold), ThresholdQuality.Of(PairSet.Of(halves.HeldOut, vectors, guard), threshold));
    }
}
