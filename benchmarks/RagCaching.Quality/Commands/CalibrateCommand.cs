using RagCaching.Quality.Cli;
using RagCaching.Quality.Data;
using RagCaching.Quality.Encoding;
using RagCaching.Quality.Report;
using Spectre.Console;

namespace RagCaching.Quality.Commands;

/// <summary>Chooses a similarity threshold from labelled pairs, or from past questions and answers.</summary>
internal static class CalibrateCommand
{
    // Every twentieth of a similarity is enough for a table; the plot has all.
    private const int ShownEvery = 4;

    public static async Task<QualityReport> RunAsync(QualityOptions options, IAnsiConsole console, CancellationToken cancellationToken)
    {
        var report = new QualityReport("Choosing a similarity threshold");
        var calibrator = new ThresholdCalibrator(options.Target, options.Confidence);
        string[] logs = [.. options.Inputs.Where(PastAnswers.IsLog)];
        if (logs.Length < options.Inputs.Count)
        {
            EachInput.Run(options with { Inputs = [.. options.Inputs.Except(logs)] }, console, (name, pairs) => Add(report, calibrator, name, pairs));
        }

        if (logs.Length > 0)
        {
            using var encoder = options.EncoderPath is { } path ? GeneratorEncoder.Open(path) : null;
            foreach (var log in logs)
            {
                await console.Status().StartAsync(log, _ => LogCalibration.AddAsync(report, calibrator, log, encoder, options, cancellationToken));
            }
        }

        return report;
    }

    /// <summary>Adds what labelled pairs say to a report.</summary>
    /// <returns>The threshold; <see langword="null"/> where none can be proven.</returns>
    internal static float? Add(QualityReport report, ThresholdCalibrator calibrator, string name, IReadOnlyList<LabelledPair> pairs)
    {
        if (pairs.Any(pair => float.IsNaN(pair.Similarity)))
        {
            throw new QualityException($"{name}: calibrate needs a similarity for every pair, or the option --encoder and both texts.");
        }

        LabelledPair[] allowed = [.. pairs.Where(Allows)];
        var right = allowed.Count(pair => pair.IsRight);
        if (right == 0 || right == allowed.Length)
        {
            throw new QualityException($"{name}: {right} of the {allowed.Length} pairs that the lexical guard allows are right; both kinds are needed.");
        }

        var calibration = calibrator.Calibrate(allowed.Select(pair => new LabelledSimilarity(pair.Similarity, pair.IsRight)));
        report.Notes.Add($"{name}, after the lexical guard ({pairs.Count - allowed.Length} of {pairs.Count} pairs refused): {calibration.Explanation}");
        report.Tables.Add(TableOf(name, calibration));
        report.Plots.Add(Plots.Thresholds(name, calibration));
        report.Plots.Add(Plots.Histograms(
            $"{name}: similarities", [.. pairs.Where(pair => pair.IsRight).Select(pair => (double)pair.Similarity)], [.. pairs.Where(pair => !pair.IsRight).Select(pair => (double)pair.Similarity)]));
        return (float?)calibration.Threshold;
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
