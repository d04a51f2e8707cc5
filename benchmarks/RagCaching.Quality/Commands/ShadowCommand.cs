using RagCaching.Quality.Cli;
using RagCaching.Quality.Data;
using RagCaching.Quality.Encoding;
using RagCaching.Quality.Report;
using RagCaching.Quality.Streams;
using Spectre.Console;

namespace RagCaching.Quality.Commands;

/// <summary>Shows what an owner sees of one order of questions: while a budget is watched in shadow mode, and when it serves.</summary>
internal static class ShadowCommand
{
    private static readonly int[] Looks = [1_000, 2_000, 4_000];

    public static async Task<QualityReport> RunAsync(QualityOptions options, IAnsiConsole console, CancellationToken cancellationToken)
    {
        var report = new QualityReport("An error budget in shadow mode, and served");
        report.Notes.Add($"Each question once, in the order of seed {options.FirstSeed}; the lexical guard is {(options.UseGuard ? "on" : "off")}; the budget is {Figures.Percent(options.Budgets[0], 0)}.");
        using var encoder = options.EncoderPath is { } path ? GeneratorEncoder.Open(path) : null;
        foreach (var folder in options.Inputs)
        {
            var questions = EvaluationFolder.ReadQuestions(Path.TrimEndingDirectorySeparator(folder), encoder, options.VectorName);
            await console.Status().StartAsync(questions.Name, _ => AddAsync(report, questions, options, cancellationToken));
        }

        return report;
    }

    private static async Task AddAsync(QualityReport report, QuestionSet questions, QualityOptions options, CancellationToken cancellationToken)
    {
        var order = Traffic.OnePass(questions, options.FirstSeed);
        var watched = new List<string[]>();
        foreach (var most in Looks.Where(most => most <= order.Length))
        {
            var log = new ShadowLog();
            var settings = SettingsOf(options);
            settings.Shadow.Enabled = true;
            ErrorBudgetStatistics? seen = null;
            await CacheStream.RunAsync(questions, order[..most], settings, options.UseGuard, options.FirstSeed, cancellationToken, log, inspect: cache => seen = cache.GetStatistics().ErrorBudget);
            watched.Add([Figures.Count(most), Figures.Count(seen!.Labels), Figures.Count(seen.Audits), Figures.Count(seen.WrongAudits), Figures.Percent(seen.ErrorRateUpper)]);
            report.Notes.Add($"{questions.Name}, a threshold after {Figures.Count(most)} questions: {ThresholdOf(log, options)}");
        }

        ErrorBudgetStatistics? last = null;
        var served = await CacheStream.RunAsync(questions, order, SettingsOf(options), options.UseGuard, options.FirstSeed, cancellationToken, inspect: cache => last = cache.GetStatistics().ErrorBudget);
        report.Tables.Add(new ReportTable($"{questions.Name}, shadow mode", ["questions so far", "labels", "decisions to serve, each checked", "wrong", "upper bound"], watched));
        report.Tables.Add(new ReportTable(
            $"{questions.Name}, served from the start",
            ["questions", "served", "wrong", "wrong / served", "audited hits", "wrong audits", "upper bound"],
            [[Figures.Count(served.Requests), $"{Figures.Count(served.Served)} ({Figures.Percent(served.HitRate)})", Figures.Count(served.Wrong), Figures.Share(served.Wrong, served.Served), Figures.Count(last!.Audits), Figures.Count(last.WrongAudits), Figures.Percent(last.ErrorRateUpper)]]));
    }

    private static SemanticCacheOptions SettingsOf(QualityOptions options) => new() { ErrorBudget = new ErrorBudgetOptions { MaxErrorRate = options.Budgets[0] }.UsePrior(PriorOption.Read(options)) };

    private static string ThresholdOf(ShadowLog log, QualityOptions options)
    {
        try
        {
            return new ThresholdCalibrator(options.Target).Calibrate(log).Explanation;
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }
    }
}
