using RagCaching.Quality.Cli;
using RagCaching.Quality.Report;
using RagCaching.Quality.Simulation;
using Spectre.Console;

namespace RagCaching.Quality.Commands;

/// <summary>Checks the error budget against known truth, and its breaker against known rates.</summary>
internal static class SimulateCommand
{
    private const int DefaultRequests = 20_000;
    private const int BreakerRuns = 400;
    private const int BreakerAudits = 3_000;
    private const int FalseAlarmAudits = 300;

    public static async Task<QualityReport> RunAsync(QualityOptions options, IAnsiConsole console, CancellationToken cancellationToken)
    {
        var report = new QualityReport("Simulation with known truth");
        var requests = options.Requests ?? DefaultRequests;
        report.Notes.Add($"{options.Seeds} seeds from {options.FirstSeed} on, {Figures.Count(requests)} requests each. Expected wrong / served is computed from the true probabilities of what was served, not from luck.");
        var rows = new List<string[]>();
        await console.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).StartAsync(async progress =>
        {
            foreach (var budget in options.Budgets)
            {
                foreach (var curve in KnownCurve.All)
                {
                    var task = progress.AddTask($"{curve.Name}, {Figures.Percent(budget, 0)}", maxValue: options.Seeds);
                    rows.Add(await RowAsync(curve, budget, requests, options, task, cancellationToken));
                }
            }
        });
        report.Tables.Add(new ReportTable("Error budget", ["curve", "budget", "hits", "expected wrong / served", "worst seed", "seeds within", "silent", "false trips a run"], rows));
        report.Tables.Add(BreakerTable(options.Budgets));
        return report;
    }

    private static async Task<string[]> RowAsync(KnownCurve curve, double budget, int requests, QualityOptions options, ProgressTask task, CancellationToken cancellationToken)
    {
        var seeds = options.Seeds;
        var prior = PriorOption.Read(options);
        var runs = new (int Served, double ExpectedWrong, long Trips)[seeds];
        await Parallel.ForAsync(0, seeds, cancellationToken, (seed, token) =>
        {
            runs[seed] = SimulatedScope.Run(curve, budget, ErrorBudgetOptions.DefaultAuditRate, requests, options.FirstSeed + seed, token, prior);
            task.Increment(1);
            return ValueTask.CompletedTask;
        });
        var rates = runs.Select(run => run.Served == 0 ? 0 : run.ExpectedWrong / run.Served).ToArray();
        return
        [
            curve.Name,
            Figures.Percent(budget, 0),
            Figures.Percent(runs.Average(run => (double)run.Served / requests)),
            Figures.Percent(rates.Average(), 2),
            Figures.Percent(rates.Max(), 2),
            Figures.Share(rates.Count(rate => rate <= budget), rates.Length),
            $"{runs.Count(run => run.Served == 0)} of {seeds}",
            Figures.Number(runs.Average(run => (double)run.Trips)),
        ];
    }

    private static ReportTable BreakerTable(IReadOnlyList<double> budgets) => new(
        "Breaker: median audits until it trips, and share of false alarms within 300 audits",
        ["budget", "2 ×", "3 ×", "5 ×", "10 ×", "30 % wrong", "false at the budget", "false at half of it"],
        [.. budgets.Select(budget => (string[])
        [
            Figures.Percent(budget, 0),
            .. ((double[])[2 * budget, 3 * budget, 5 * budget, 10 * budget, 0.3]).Select(rate => Figures.Number(Median(budget, Math.Min(rate, 0.9)), 0)),
            Figures.Percent(FalseAlarms(budget, budget)),
            Figures.Percent(FalseAlarms(budget, budget / 2)),
        ])]);

    private static double Median(double budget, double rate)
    {
        var delays = Enumerable.Range(0, BreakerRuns).Select(seed => BreakerRun.AuditsUntilAlarm(budget, rate, BreakerAudits, seed)).Order().ToArray();
        return delays[BreakerRuns / 2];
    }

    private static double FalseAlarms(double budget, double rate) =>
        Enumerable.Range(0, BreakerRuns).Count(seed => BreakerRun.AuditsUntilAlarm(budget, rate, FalseAlarmAudits, seed) <= FalseAlarmAudits) / (double)BreakerRuns;
}
