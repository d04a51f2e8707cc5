using RagCaching.Quality.Cli;
using RagCaching.Quality.Data;
using RagCaching.Quality.Encoding;
using RagCaching.Quality.Report;

namespace RagCaching.Quality.Commands;

/// <summary>Chooses a similarity threshold from labelled pairs.</summary>
internal static class CalibrateCommand
{
    // Every twentieth of a similarity is enough for a table; the plot has all.
    private const int ShownEvery = 4;

    public static QualityReport Run(QualityOptions options)
    {
        var report = new QualityReport("Choosing a similarity threshold");
        using var encoder = options.EncoderPath is { } path ? OnnxEncoder.Open(path) : null;
        var calibrator = new ThresholdCalibrator(options.Target, options.Confidence);
        foreach (var input in options.Inputs)
        {
            var (name, pairs) = PairInput.Read(input, encoder);
            if (pairs.Any(pair => float.IsNaN(pair.Similarity)))
            {
                throw new QualityException($"{name}: calibrate needs a similarity for every pair, or the option --encoder and both texts.");
            }

            LabelledPair[] allowed = [.. pairs.Where(Allows)];
            var calibration = calibrator.Calibrate(allowed.Select(pair => new LabelledSimilarity(pair.Similarity, pair.IsRight)));
            report.Notes.Add($"{name}, after the lexical guard ({pairs.Count - allowed.Length} of {pairs.Count} pairs refused): {calibration.Explanation}");
            report.Tables.Add(TableOf(name, calibration));
            report.Plots.Add(Plots.Points($"{name}: precision by threshold", "threshold", "precision",
                [("precision", [.. calibration.Curve.Select(point => new PlotPoint(point.Threshold, point.Precision, point.PrecisionLower, point.PrecisionUpper))]),
                ("recall", [.. calibration.Curve.Select(point => new PlotPoint(point.Threshold, point.Recall, point.Recall, point.Recall))])]));
            report.Plots.Add(Plots.Histograms(
                $"{name}: similarities", [.. pairs.Where(pair => pair.IsRight).Select(pair => (double)pair.Similarity)], [.. pairs.Where(pair => !pair.IsRight).Select(pair => (double)pair.Similarity)]));
        }

        return report;
    }

    private static bool Allows(LabelledPair pair) => pair.Question.Length == 0 || new LexicalGuard().Allows(pair.Question, pair.Candidate);

    private static ReportTable TableOf(string name, ThresholdCalibration calibration) => new(
        $"{name}: thresholds",
        ["threshold", "hits", "right", "precision", "at least", "at most", "recall", "accepted"],
        [.. calibration.Curve.Where((point, i) => i % ShownEvery == 0 || point.Threshold == calibration.Threshold).Select(point => (string[])
        [
            Figures.Number(point.Threshold, 3), Figures.Count(point.Hits), Figures.Count(point.Right), Figures.Percent(point.Precision), Figures.Percent(point.PrecisionLower),
            Figures.Percent(point.PrecisionUpper), Figures.Percent(point.Recall), point.IsAccepted ? "yes" : "",
        ])]);
}
