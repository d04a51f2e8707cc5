using System.Globalization;
using RagCaching.Contract.Decisions;
using RagCaching.ErrorBudgets.Model;
using RagCaching.Quality.Cli;
using RagCaching.Quality.Data;
using RagCaching.Quality.Encoding;
using RagCaching.Quality.Report;
using RagCaching.Quality.Streams;
using Spectre.Console;

namespace RagCaching.Quality.Commands;

/// <summary>Makes an <see cref="ErrorBudgetPrior"/>: cuts scopes out of labelled questions, fits each, and takes mean and covariance of the weights.</summary>
internal static class PriorCommand
{
    private const int LeastOfEach = 5;

    public static async Task<QualityReport> RunAsync(QualityOptions options, IAnsiConsole console, CancellationToken cancellationToken)
    {
        var sets = new List<(string Name, IReadOnlyList<BudgetLabel[]> Scopes)>();
        using var encoder = options.EncoderPath is { } path ? GeneratorEncoder.Open(path) : null;
        foreach (var folder in options.Inputs)
        {
            var questions = EvaluationFolder.ReadQuestions(Path.TrimEndingDirectorySeparator(folder), encoder, options.VectorName);
            console.MarkupLineInterpolated($"{questions.Name}: {questions.Count} questions");
            sets.Add((questions.Name, await ScopeSample.LabelsAsync(questions, options.FirstSeed, cancellationToken)));
        }

        var usable = sets.Select(set => (set.Name, Scopes: set.Scopes.Where(IsUsable).ToArray())).Where(set => set.Scopes.Length > 0).ToArray();
        if (usable.Length == 0)
        {
            throw new QualityException($"No scope has {LeastOfEach} right and {LeastOfEach} wrong labels: there is nothing to fit.");
        }

        var prior = PriorOf(options.ModelName!, usable);
        await using (var file = new StreamWriter(options.OutPath!))
        {
            file.NewLine = "\n";
            prior.Write(file);
        }

        var report = new QualityReport($"Prior for {prior.Model}");
        report.Notes.Add(prior.Source);
        report.Notes.Add($"Written to {options.OutPath}.");
        string[] names = ["intercept", .. PriorNumbers.Features];
        report.Tables.Add(new ReportTable("Weights", ["weight", "mean", "deviation"], [.. names.Select((name, i) => (string[])
            [name, Number(prior.Numbers.Means[i]), Number(Math.Sqrt(prior.Numbers.Covariance[(i * names.Length) + i]))])]));
        return report;
    }

    private static bool IsUsable(BudgetLabel[] labels) => labels.Count(label => label.IsRight) is var right && right >= LeastOfEach && labels.Length - right >= LeastOfEach;

    // Every set counts as much as any other, however many scopes it gave.
    private static ErrorBudgetPrior PriorOf(string model, (string Name, BudgetLabel[][] Scopes)[] sets)
    {
        var scale = PriorScale.Of([.. sets.Select(set => set.Scopes.SelectMany(labels => labels).ToArray())]);
        var weights = new List<(double[] Weights, double Share)>();
        foreach (var (_, scopes) in sets)
        {
            foreach (var labels in scopes)
            {
                var design = scale.Apply(PriorScale.RowsOf(labels));
                var curve = LogisticFit.Fit(design, Array.ConvertAll(labels, label => label.IsRight), ModelPrior.Ridge(scale));
                weights.Add((curve.Weights.ToArray(), 1.0 / (sets.Length * scopes.Length)));
            }
        }

        var source = $"{weights.Count} scopes cut out of {string.Join(", ", sets.Select(set => set.Name))}";
        return new ErrorBudgetPrior(model, source, PriorMoments.Of(scale, weights));
    }

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
