using RagCaching.Quality.Cli;
using RagCaching.Quality.Data;
using RagCaching.Quality.Encoding;
using RagCaching.Quality.Report;
using RagCaching.Quality.Streams;
using Spectre.Console;

namespace RagCaching.Quality.Commands;

/// <summary>Shows what a new tenant gets from those that were there before: tenants with questions of one set, and then one with questions of another.</summary>
internal static class TenantsCommand
{
    private const int Tenants = 10;
    private const int MostRequests = 2_000;
    private const int ZipfRequests = 12_000;
    private const int FirstTenantSeed = 50_000;
    private const int FirstPartSeed = 90_000;

    // A tenth of the answers, unless the command line says otherwise: a tenant is a small scope.
    private const double UsualShare = 0.1;

    public static async Task<QualityReport> RunAsync(QualityOptions options, IAnsiConsole console, CancellationToken cancellationToken)
    {
        var report = new QualityReport("What a new tenant inherits");
        report.Notes.Add(
            $"{Tenants} tenants ask questions about some of the answers of the first set, half of them in one pass and half by Zipf's law; then a new one asks about some of the answers of the second set. "
            + $"The embedding model has no prior, the lexical guard is {(options.UseGuard ? "on" : "off")}, and all share one cache. 'alone' is the same with InheritFromOtherScopes switched off.");
        using var encoder = options.EncoderPath is { } path ? GeneratorEncoder.Open(path) : null;
        var earlier = EvaluationFolder.ReadQuestions(Path.TrimEndingDirectorySeparator(options.Inputs[0]), encoder, options.VectorName);
        var questions = EvaluationFolder.ReadQuestions(Path.TrimEndingDirectorySeparator(options.Inputs[^1]), encoder, options.VectorName);
        await console.Progress().StartAsync(async progress =>
        {
            foreach (var kind in Enum.GetValues<TrafficKind>())
            {
                foreach (var budget in options.Budgets)
                {
                    var summaries = new List<StreamSummary>();
                    foreach (var inherits in (bool[])[false, true])
                    {
                        var name = $"{questions.Name} after {earlier.Name}, {kind}, {Figures.Percent(budget, 0)}, {(inherits ? "inherits" : "alone")}";
                        var task = progress.AddTask(name, maxValue: options.Orders);
                        var runs = new (StreamResult Result, bool HasInherited)[options.Orders];
                        await Parallel.ForAsync(0, options.Orders, cancellationToken, async (i, token) =>
                        {
                            runs[i] = await RunAsync(earlier, questions, kind, budget, inherits, options.FirstSeed + i, options, token);
                            task.Increment(1);
                        });
                        report.Notes.Add($"{name}: {runs.Count(run => run.HasInherited)} of {runs.Length} new tenants inherited.");
                        summaries.Add(new StreamSummary(inherits ? "inherits" : "alone", budget, [.. runs.Select(run => run.Result)]));
                    }

                    report.Tables.Add(new ReportTable($"{questions.Name} after {earlier.Name}, {kind}, {Figures.Percent(budget, 0)}", StreamSummary.Columns(withGuard: false), [.. summaries.Select(summary => summary.Row(withGuard: false))]));
                }
            }
        });
        return report;
    }

    private static Task<(StreamResult Result, bool HasInherited)> RunAsync(
        QuestionSet earlier, QuestionSet questions, TrafficKind kind, double budget, bool inherits, int seed, QualityOptions options, CancellationToken cancellationToken)
    {
        var share = options.AnswerShare < 1 ? options.AnswerShare : UsualShare;
        int[][] before = [.. Enumerable.Range(0, Tenants).Select(tenant => OrderOf(
            earlier, tenant % 2 == 0 ? TrafficKind.OnePass : TrafficKind.Zipf, FirstTenantSeed + (seed * Tenants) + tenant, share))];
        return TenantStream.RunAsync(
            earlier,
            before,
            questions,
            OrderOf(questions, kind, seed, share),
            new ErrorBudgetOptions { MaxErrorRate = budget, InheritFromOtherScopes = inherits },
            options.UseGuard,
            seed,
            cancellationToken);
    }

    private static int[] OrderOf(QuestionSet questions, TrafficKind kind, int seed, double share)
    {
        var order = kind == TrafficKind.OnePass ? Traffic.OnePass(questions, seed) : Traffic.Zipf(questions, seed, ZipfRequests);
        return [.. Traffic.Part(questions, order, FirstPartSeed + seed, share).Take(MostRequests)];
    }
}
