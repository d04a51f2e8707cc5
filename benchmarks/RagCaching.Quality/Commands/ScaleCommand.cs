using RagCaching.Quality.Cli;
using RagCaching.Quality.Data;
using RagCaching.Quality.Encoding;
using RagCaching.Quality.Report;
using RagCaching.Quality.Streams;
using Spectre.Console;

namespace RagCaching.Quality.Commands;

/// <summary>Shows what a cache finds out about the scale of an embedding model, and what would come of the threshold that it proposes.</summary>
internal static class ScaleCommand
{
    private static readonly string[] Columns = ["questions", "unrelated", "spread", "nearest", "proposed", "hits at 0.95", "wrong / served at 0.95", "hits as proposed", "wrong / served as proposed"];

    public static async Task<QualityReport> RunAsync(QualityOptions options, IAnsiConsole console, CancellationToken cancellationToken)
    {
        var report = new QualityReport("The scale of an embedding model");
        report.Notes.Add(
            $"{options.Orders} shuffled orders of each set in one pass, the lexical guard is {(options.UseGuard ? "on" : "off")}. The scale is what a real cache measures on the first questions that it stores in an order; "
            + "mean figures, and the proposals of all orders from the lowest to the highest. 0.95 is the default for models that were not measured.");
        using var encoder = options.EncoderPath is { } path ? GeneratorEncoder.Open(path) : null;
        var rows = new List<string[]>();
        await console.Progress().StartAsync(async progress =>
        {
            foreach (var folder in options.Inputs)
            {
                var questions = EvaluationFolder.ReadQuestions(Path.TrimEndingDirectorySeparator(folder), encoder, options.VectorName);
                var task = progress.AddTask(questions.Name, maxValue: options.Orders);
                rows.Add(await RowAsync(questions, options, task, cancellationToken));
            }
        });
        report.Tables.Add(new ReportTable("Scale and proposed threshold", Columns, rows));
        return report;
    }

    private static async Task<string[]> RowAsync(QuestionSet questions, QualityOptions options, ProgressTask task, CancellationToken cancellationToken)
    {
        var runs = new List<(SimilarityScale Scale, StreamResult Default, StreamResult Proposed)>();
        for (var seed = options.FirstSeed; seed < options.FirstSeed + options.Orders; seed++)
        {
            var order = Traffic.OnePass(questions, seed, options.Requests);
            SimilarityScale? scale = null;
            var byDefault = await CacheStream.RunAsync(
                questions, order, new SemanticCacheOptions(), options.UseGuard, seed, cancellationToken, inspect: cache => scale = cache.GetStatistics().SimilarityScale);
            if (scale is null)
            {
                throw new QualityException($"{questions.Name} has too few questions to measure the scale of its vectors.");
            }

            var proposed = new SemanticCacheOptions { MinimumSimilarity = scale.ProposedSimilarity };
            runs.Add((scale, byDefault, await CacheStream.RunAsync(questions, order, proposed, options.UseGuard, seed, cancellationToken)));
            task.Increment(1);
        }

        return
        [
            questions.Name,
            Figures.Number(runs.Average(run => run.Scale.Unrelated), 3),
            Figures.Number(runs.Average(run => run.Scale.Spread), 3),
            Figures.Number(runs.Average(run => run.Scale.Nearest), 3),
            $"{Figures.Number(runs.Min(run => run.Scale.ProposedSimilarity), 3)} to {Figures.Number(runs.Max(run => run.Scale.ProposedSimilarity), 3)}",
            Figures.Percent(runs.Average(run => run.Default.HitRate)),
            Figures.Share(runs.Sum(run => (long)run.Default.Wrong), runs.Sum(run => (long)run.Default.Served)),
            Figures.Percent(runs.Average(run => run.Proposed.HitRate)),
            Figures.Share(runs.Sum(run => (long)run.Proposed.Wrong), runs.Sum(run => (long)run.Proposed.Served)),
        ];
    }
}
