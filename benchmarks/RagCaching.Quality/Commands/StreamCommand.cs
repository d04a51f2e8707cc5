using System.Globalization;
using RagCaching.Quality.Baselines;
using RagCaching.Quality.Cli;
using RagCaching.Quality.Data;
using RagCaching.Quality.Encoding;
using RagCaching.Quality.Report;
using RagCaching.Quality.Streams;
using Spectre.Console;

namespace RagCaching.Quality.Commands;

/// <summary>Replays labelled questions as traffic, policy against policy.</summary>
internal static class StreamCommand
{
    private const int ZipfRequests = 12_000;
    private const int MostInOnePass = 30_000;

    // Fewer questions than this make a shorter Zipf stream: most of it would be exact repeats.
    private const int SmallSet = 2_000;
    private const int SmallZipfRequests = 3_000;
    private const string BudgetFamily = "error budget";
    private const string FamilyWithoutPrior = "error budget without a prior";
    private const int MostDrawnRequests = 6_000;
    private const int BaselineOrders = 5;
    private const int FirstPartSeed = 90_000;
    private const int FirstThreshold = 70;
    private const int ThresholdStep = 2;

    public static async Task<QualityReport> RunAsync(QualityOptions options, IAnsiConsole console, CancellationToken cancellationToken)
    {
        var report = new QualityReport("Hits and errors on labelled traffic");
        report.Notes.Add(
            $"Every policy answers the same shuffled orders from an empty cache, the lexical guard is {(options.UseGuard ? "on" : "off")}, and a label is an answer. Exact repeats are not counted. "
            + "Model calls are shares of all requests, exact repeats included; the first hit is the median order's. The best threshold is chosen with hindsight, order by order; nobody can do that in practice. vCache bounds wrong over all requests, not over those served.");
        var curves = new List<(string Name, IReadOnlyList<PlotPoint> Points)>();
        using var encoder = options.EncoderPath is { } path ? GeneratorEncoder.Open(path) : null;
        await console.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).StartAsync(async progress =>
        {
            foreach (var folder in options.Inputs)
            {
                var questions = EvaluationFolder.ReadQuestions(Path.TrimEndingDirectorySeparator(folder), encoder, options.VectorName);
                foreach (var kind in Enum.GetValues<TrafficKind>())
                {
                    var task = progress.AddTask($"{questions.Name}, {kind}");
                    var summaries = await RunAsync(questions, kind, options, task, cancellationToken);
                    report.Tables.Add(new ReportTable(
                        $"{questions.Name}, {NameOf(kind)}", StreamSummary.Columns(options.UseGuard), [.. summaries.Select(summary => summary.Row(options.UseGuard))]));
                    report.Plots.Add(PlotOf($"{questions.Name}, {NameOf(kind)}", summaries));
                    report.Plots.Add(LearningPlotOf($"{questions.Name}, {NameOf(kind)}", summaries));
                    report.Plots.AddRange(await SimilarityPlotsAsync(questions, kind, options, cancellationToken));
                    curves.AddRange(summaries.Where(summary => summary.Family == BudgetFamily).Take(1).Select(summary => (NameOf(kind), summary.LearningCurve())));
                    curves.AddRange(summaries.Where(summary => summary.Family == FamilyWithoutPrior).Select(summary => ($"{NameOf(kind)}, without a prior", summary.LearningCurve())));
                }

                report.Curves = options.CurvesPath is null ? null : CurvesOf(questions.Name, curves, options);
            }
        });
        return report;
    }

    private static async Task<List<StreamSummary>> RunAsync(
        QuestionSet questions, TrafficKind kind, QualityOptions options, ProgressTask task, CancellationToken cancellationToken)
    {
        var orders = Enumerable.Range(options.FirstSeed, options.Orders).Select(seed => OrderOf(questions, kind, seed, options)).ToArray();
        if (options.EasyFirst)
        {
            var isEasy = Traffic.EasyOf(questions);
            orders = [.. orders.Select(order => Traffic.EasyFirst(questions, order, isEasy))];
        }

        var few = orders.Take(BaselineOrders).ToArray();
        float[] thresholds = options.Baselines ? [.. Enumerable.Range(0, ((100 - FirstThreshold) / ThresholdStep) + 1).Select(i => (FirstThreshold + (ThresholdStep * i)) / 100f)] : [];
        task.MaxValue = (orders.Length * options.Budgets.Count) + (few.Length * (thresholds.Length + (options.Baselines ? 2 * options.Budgets.Count : 0)));
        var summaries = new List<StreamSummary>();
        var prior = PriorOption.Read(options);
        foreach (var budget in options.Budgets)
        {
            summaries.Add(new StreamSummary($"{BudgetFamily} {Figures.Percent(budget, 0)}", budget, await AllAsync(orders, options.FirstSeed, (order, seed) =>
                CacheStream.RunAsync(questions, order, new SemanticCacheOptions { ErrorBudget = new ErrorBudgetOptions { MaxErrorRate = budget }.UsePrior(prior) }, options.UseGuard, seed, cancellationToken), task)));
        }

        if (options.CurvesPath is not null && prior != ErrorBudgetPrior.None)
        {
            var budget = options.Budgets[0];
            summaries.Add(new StreamSummary($"{FamilyWithoutPrior} {Figures.Percent(budget, 0)}", budget, await AllAsync(orders, options.FirstSeed, (order, seed) =>
                CacheStream.RunAsync(questions, order, new SemanticCacheOptions { ErrorBudget = new ErrorBudgetOptions { MaxErrorRate = budget }.UsePrior(ErrorBudgetPrior.None) }, options.UseGuard, seed, cancellationToken), task)));
        }

        var byThreshold = new List<StreamResult[]>();
        foreach (var threshold in thresholds)
        {
            byThreshold.Add(await AllAsync(few, options.FirstSeed, (order, seed) =>
                CacheStream.RunAsync(questions, order, new SemanticCacheOptions { MinimumSimilarity = threshold }, options.UseGuard, seed, cancellationToken), task));
        }

        foreach (var budget in options.Baselines ? options.Budgets : [])
        {
            summaries.Add(new StreamSummary($"best threshold {Figures.Percent(budget, 0)}", budget, Best(byThreshold, budget)));
            summaries.Add(new StreamSummary($"calibrated threshold {Figures.Percent(budget, 0)}", budget, await AllAsync(few, options.FirstSeed, (order, seed) =>
                CalibratedStream.RunAsync(questions, order, budget, options.UseGuard, seed, cancellationToken), task)));
            summaries.Add(new StreamSummary($"vCache {Figures.Percent(budget, 0)} of all", budget, await AllAsync(few, options.FirstSeed, (order, seed) =>
                VCacheStream.RunAsync(questions, order, budget, seed, cancellationToken), task)));
        }

        summaries.AddRange(thresholds.Select((threshold, i) => new StreamSummary($"threshold {threshold.ToString("0.00", CultureInfo.InvariantCulture)}", null, byThreshold[i])));
        return summaries;
    }

    private static int[] OrderOf(QuestionSet questions, TrafficKind kind, int seed, QualityOptions options)
    {
        var order = kind == TrafficKind.OnePass
            ? Traffic.OnePass(questions, seed, options.Requests ?? MostInOnePass)
            : Traffic.Zipf(questions, seed, options.Requests ?? (questions.Count < SmallSet ? SmallZipfRequests : ZipfRequests));
        return options.AnswerShare < 1 ? Traffic.Part(questions, order, FirstPartSeed + seed, options.AnswerShare) : order;
    }

    private static async Task<StreamResult[]> AllAsync(int[][] orders, int firstSeed, Func<int[], int, Task<StreamResult>> run, ProgressTask task)
    {
        var results = new StreamResult[orders.Length];
        await Parallel.ForAsync(0, orders.Length, async (i, _) =>
        {
            results[i] = await run(orders[i], firstSeed + i);
            task.Increment(1);
        });
        return results;
    }

    // The lowest threshold that kept the limit in an order; none served nothing.
    private static StreamResult[] Best(List<StreamResult[]> byThreshold, double limit) =>
        [.. Enumerable.Range(0, byThreshold[0].Length).Select(order =>
            byThreshold.Select(runs => runs[order]).Where(run => run.ErrorRate <= limit).OrderByDescending(run => run.Served).FirstOrDefault() ?? new StreamResult(byThreshold[0][order].Requests, 0, 0))];

    private static ReportPlot PlotOf(string name, List<StreamSummary> summaries) => Plots.Points(
        $"{name}: hits against wrong / served; bars reach from the worst to the best order, and over the 95 % interval of wrong / served in all", "wrong / served, %", "hits, %",
        summaries.GroupBy(summary => summary.Family).Select(group => (group.Key, (IReadOnlyList<PlotPoint>)[.. group.Select(summary => summary.Point())])));

    private static ReportPlot LearningPlotOf(string name, List<StreamSummary> summaries) => Plots.Points(
        $"{name}: hits among each {StreamResult.Step} requests; bars reach from the worst to the best order", "requests", "hits, %",
        summaries.Where(summary => summary.Family == BudgetFamily).Select(summary => (summary.Policy, summary.LearningCurve())));

    private static string CurvesOf(string name, List<(string Name, IReadOnlyList<PlotPoint> Points)> curves, QualityOptions options) => LearningCurves.Draw(
        $"{name}: hits of an error budget of {Figures.Percent(options.Budgets[0], 0)} while a scope learns",
        $"{options.VectorName ?? options.EncoderPath ?? "first vectors"}, guard {(options.UseGuard ? "on" : "off")}, hits among each {StreamResult.Step} requests, mean of {options.Orders} orders",
        curves,
        Math.Min(MostDrawnRequests, curves.Max(curve => curve.Points.Count == 0 ? 0 : curve.Points[^1].X)));

    // What a cache in shadow mode sees of the first order: the nearest stored question of each request, and whether its answer would have been right.
    private static async Task<IEnumerable<ReportPlot>> SimilarityPlotsAsync(QuestionSet questions, TrafficKind kind, QualityOptions options, CancellationToken cancellationToken)
    {
        var log = new ShadowLog();
        var order = OrderOf(questions, kind, options.FirstSeed, options);
        await CacheStream.RunAsync(questions, order, new SemanticCacheOptions { Shadow = { Enabled = true } }, options.UseGuard, options.FirstSeed, cancellationToken, log);
        var seen = log.Read().Where(record => record.Comparison != AnswerComparison.Unknown).ToLookup(record => record.Comparison == AnswerComparison.Same, record => (double)record.Similarity);
        var name = $"{questions.Name}, {NameOf(kind)}, first order";
        return seen.Count < 2
            ? []
            : [Plots.Thresholds(name, new ThresholdCalibrator(options.Target, options.Confidence).Calibrate(log)), Plots.Histograms($"{name}: similarities", [.. seen[true]], [.. seen[false]])];
    }

    private static string NameOf(TrafficKind kind) => kind == TrafficKind.OnePass ? "one pass" : "Zipf";
}
