using RagCaching.Quality.Cli;
using RagCaching.Quality.Data;
using RagCaching.Quality.Encoding;
using RagCaching.Quality.Report;
using RagCaching.Quality.Streams;
using Spectre.Console;

namespace RagCaching.Quality.Commands;

/// <summary>Shows what instances behind a balancer learn together: one journal for all, against one instance that has all the traffic, and against instances that know nothing of each other.</summary>
internal static class InstancesCommand
{
    private const int Instances = 10;
    private const int ZipfRequests = 12_000;

    public static async Task<QualityReport> RunAsync(QualityOptions options, IAnsiConsole console, CancellationToken cancellationToken)
    {
        var report = new QualityReport("What instances learn together");
        report.Notes.Add($"{Instances} instances, to which a balancer deals the questions at random, have one SQLite journal, or each is alone; the same questions also go to one instance. The lexical guard is off.");
        var prior = PriorOption.Read(options);
        using var encoder = options.EncoderPath is { } path ? GeneratorEncoder.Open(path) : null;
        foreach (var input in options.Inputs)
        {
            var questions = EvaluationFolder.ReadQuestions(Path.TrimEndingDirectorySeparator(input), encoder, options.VectorName);
            foreach (var kind in Enum.GetValues<TrafficKind>())
            {
                foreach (var budget in options.Budgets)
                {
                    var title = $"{questions.Name}, {kind}, {Figures.Percent(budget, 0)}";
                    var summaries = new List<StreamSummary>();
                    await console.Progress().StartAsync(async progress =>
                    {
                        foreach (var (name, instances, isShared) in new[] { ("one instance", 1, false), ("ten with one journal", Instances, true), ("ten alone", Instances, false) })
                        {
                            var task = progress.AddTask($"{title}, {name}", maxValue: options.Orders);
                            var runs = new StreamResult[options.Orders];
                            await Parallel.ForAsync(0, options.Orders, cancellationToken, async (i, token) =>
                            {
                                var seed = options.FirstSeed + i;
                                var order = kind == TrafficKind.OnePass ? Traffic.OnePass(questions, seed, options.Requests) : Traffic.Zipf(questions, seed, options.Requests ?? ZipfRequests);
                                runs[i] = await SharedStream.RunAsync(questions, order, instances, isShared, new ErrorBudgetOptions { MaxErrorRate = budget }.UsePrior(prior), seed, token);
                                task.Increment(1);
                            });
                            summaries.Add(new StreamSummary(name, budget, runs));
                        }
                    });
                    report.Tables.Add(new ReportTable(title, StreamSummary.Columns(withGuard: false), [.. summaries.Select(summary => summary.Row(withGuard: false))]));
                }
            }
        }

        return report;
    }
}
