using System.Globalization;
using RagCaching.Calibration.Statistics;

namespace RagCaching;

/// <summary>Chooses a similarity threshold from labelled pairs, with statistical confidence in the precision above it.</summary>
/// <remarks>
/// <para>
/// Thresholds are tested from the strictest down in steps of 0.005. A threshold passes if the one-sided lower confidence bound on its precision
/// (Clopper–Pearson) reaches the target. The first threshold that fails ends the test: taking the best of all thresholds would choose the
/// luckiest one. The test starts at the strictest threshold with enough pairs above it to be able to pass, which depends on
/// similarities and not on labels.
/// </para>
/// <para>
/// The result holds for questions like the labelled ones, for the same embedding model, and with the same guards. Leave out the pairs
/// that a guard refuses. Immutable and thread-safe. Source: fixed-sequence testing as in Angelopoulos et al., "Learn then Test", 2021.
/// </para>
/// </remarks>
public sealed class ThresholdCalibrator
{
    private const double DefaultConfidence = 0.95;
    private const int StepsPerUnit = 200;

    // Where so many pairs are served there is next to nothing to tell right from wrong by.
    private const double ShareOfAWarmLog = 0.9;

    private readonly double _targetPrecision;
    private readonly double _confidence;

    /// <summary>Creates a calibrator.</summary>
    /// <param name="targetPrecision">The share of right answers among served answers that a threshold must reach; in (0, 1).</param>
    /// <param name="confidence">The confidence that the threshold reaches the target; in (0.5, 1). Default 0.95.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public ThresholdCalibrator(double targetPrecision, double confidence = DefaultConfidence)
    {
        if (!(targetPrecision is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(targetPrecision), targetPrecision, "The target precision must be in (0, 1).");
        }

        if (!(confidence is > 0.5 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "The confidence must be in (0.5, 1).");
        }

        _targetPrecision = targetPrecision;
        _confidence = confidence;
    }

    /// <summary>Chooses a threshold.</summary>
    /// <param name="pairs">Labelled pairs, right and wrong, as they occur in traffic. In any order.</param>
    /// <returns>The threshold, or the reason why there is none, and the curve.</returns>
    /// <exception cref="ArgumentException">A similarity is not in [-1, 1], all pairs are right, all pairs are wrong, or there are no pairs.</exception>
    public ThresholdCalibration Calibrate(IEnumerable<LabelledSimilarity> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);

        var sorted = Check(pairs);
        var curve = Curve(sorted);
        var leastHits = LeastHits();
        var last = curve.LastOrDefault(point => point.IsAccepted);
        var warning = last?.Hits >= ShareOfAWarmLog * sorted.Length ? Warn(last.Hits, sorted) : null;
        var explanation = Explain(curve, last, leastHits);
        return new ThresholdCalibration { Threshold = last?.Threshold, Curve = curve, Explanation = warning is null ? explanation : $"{explanation} {warning}", Warning = warning };
    }

    /// <summary>Chooses a threshold from the records of a cache in shadow mode.</summary>
    /// <param name="log">The log. Records with an unknown comparison are left out, and so are matches that a guard, a verifier or a report refused.</param>
    /// <returns>The threshold, or the reason why there is none, and the curve.</returns>
    /// <exception cref="ArgumentException">All comparisons have the same result, or there are none.</exception>
    public ThresholdCalibration Calibrate(ShadowLog log)
    {
        ArgumentNullException.ThrowIfNull(log);

        return Calibrate(log.Read().Where(ShadowLog.IsAboutTheThreshold)
            .Select(record => new LabelledSimilarity(Math.Clamp(record.Similarity, -1, 1), record.Comparison == AnswerComparison.Same)));
    }

    private static LabelledSimilarity[] Check(IEnumerable<LabelledSimilarity> pairs)
    {
        var list = pairs.ToArray();
        for (var i = 0; i < list.Length; i++)
        {
            if (!(list[i].Similarity is >= -1 and <= 1))
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"The similarity of pair {i} is {list[i].Similarity}; it must be in [-1, 1]."), nameof(pairs));
            }
        }

        var right = list.Count(pair => pair.IsRight);
        if (right == 0 || right == list.Length)
        {
            throw new ArgumentException(
                $"A threshold is chosen from right and wrong pairs, but of {list.Length} pairs {right} are right. Add pairs of the other kind, in the share in which traffic has them.", nameof(pairs));
        }

        Array.Sort(list, (a, b) => b.Similarity.CompareTo(a.Similarity));
        return list;
    }

    private List<ThresholdPoint> Curve(LabelledSimilarity[] sorted)
    {
        var curve = new List<ThresholdPoint>();
        var allRight = sorted.Count(pair => pair.IsRight);
        var leastHits = LeastHits();
        var isAccepting = true;
        var (hits, right) = (0, 0);

        // Whole numbers of steps: a sum of steps would miss round thresholds by a rounding error.
        for (var step = StepsPerUnit; step >= -StepsPerUnit && hits < sorted.Length; step--)
        {
            var threshold = (float)step / StepsPerUnit;
            var before = hits;
            for (; hits < sorted.Length && sorted[hits].Similarity >= threshold; hits++)
            {
                right += sorted[hits].IsRight ? 1 : 0;
            }

            if (hits == before)
            {
                // The same pairs as one step up: nothing to learn, and nothing to gain.
                continue;
            }

            var lower = ClopperPearson.Lower(right, hits, _confidence);
            isAccepting &= hits < leastHits || lower >= _targetPrecision;
            curve.Add(new ThresholdPoint
            {
                Threshold = threshold,
                Hits = hits,
                Right = right,
                PrecisionLower = lower,
                PrecisionUpper = ClopperPearson.Upper(right, hits, _confidence),
                Recall = (double)right / allRight,
                IsAccepted = isAccepting && hits >= leastHits,
            });
        }

        return curve;
    }

    // With fewer hits not even a spotless record would suffice: p^n ≤ 1 − confidence.
    private int LeastHits() => (int)Math.Ceiling(Math.Log(1 - _confidence) / Math.Log(_targetPrecision));

    private static string Warn(int hits, LabelledSimilarity[] pairs) => string.Create(
        CultureInfo.InvariantCulture,
        $"Do not take it as it is: it serves {(double)hits / pairs.Length:P0} of the pairs, of which {pairs.Count(pair => !pair.IsRight)} of {pairs.Length} are wrong, so they come from a cache that had nearly every answer already. An empty cache meets more neighbours with another answer: calibrate on what one saw while it filled, or keep the threshold of the model.");

    private string Explain(List<ThresholdPoint> curve, ThresholdPoint? last, int leastHits)
    {
        if (last is not null)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"From {last.Threshold:0.000} on, {last.Right} of {last.Hits} pairs are right: with {_confidence:P0} confidence at least {last.PrecisionLower:P2}, where {_targetPrecision:P2} was asked for.");
        }

        var first = curve.Find(point => point.Hits >= leastHits);
        return first is null
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"No threshold can reach {_targetPrecision:P2} with {_confidence:P0} confidence: it takes at least {leastHits} pairs without a mistake, and there are {curve[^1].Hits} in all.")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"No threshold reaches {_targetPrecision:P2} with {_confidence:P0} confidence. The strictest one with enough pairs to tell, {first.Threshold:0.000}, has {first.Right} right of {first.Hits}: at least {first.PrecisionLower:P2}.");
    }
}
