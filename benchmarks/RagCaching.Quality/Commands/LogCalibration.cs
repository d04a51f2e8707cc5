using RagCaching.Quality.Cli;
using RagCaching.Quality.Data;
using RagCaching.Quality.Encoding;
using RagCaching.Quality.Report;
using RagCaching.Quality.Streams;

namespace RagCaching.Quality.Commands;

/// <summary>Chooses from a host's own past questions and answers: groups what got the same answer, chooses a threshold, and replays the log through a cache that was empty.</summary>
internal static class LogCalibration
{
    private const string MiniLM = "all-MiniLM-L6-v2";
    private static readonly float[] UsualThresholds = [0.95f, 0.9f];

    /// <summary>Adds what a log says to a report.</summary>
    /// <exception cref="QualityException">There is no encoder, or nothing in the log can be compared.</exception>
    public static async Task AddAsync(QualityReport report, ThresholdCalibrator calibrator, string path, ITextEncoder? encoder, QualityOptions options, CancellationToken cancellationToken)
    {
        var log = await PastAnswers.ReadAsync(path, cancellationToken);
        if (encoder is null)
        {
            throw new QualityException($"{path}: past questions and answers need the option --encoder, that of the cache.");
        }

        var questions = encoder.Encode(log.Questions);
        string[] answers = [.. log.Answers.Distinct(StringComparer.Ordinal)];
        using var generator = new TableEmbedder([new QuestionSet("answers", answers, encoder.Encode(answers), new int[answers.Length], new bool[answers.Length])]);
        var groups = await PastGroups.FindAsync(log, questions, AnswerComparers.Prose(generator), cancellationToken);

        report.Notes.AddRange(log.Notes);
        report.Notes.Add(
            $"{log.Name}: {Figures.Count(log.Questions.Length)} questions got {Figures.Count(groups.Groups.Distinct().Count())} different answers, by {Figures.Count(groups.Comparisons)} comparisons, of which {Figures.Count(groups.Unknown)} found out nothing and count as different. "
            + "Answers were compared by their texts and vectors, at no price; a model as the judge would be called once for each comparison.");
        var threshold = CalibrateCommand.Add(report, calibrator, log.Name, groups.Pairs);
        var set = new QuestionSet(log.Name, log.Questions, questions, groups.Groups, new bool[log.Questions.Length]);
        report.Tables.Add(await ReplayAsync(set, threshold, options, cancellationToken));
        report.Notes.Add($"{log.Name}: what counts is the replay, in which the cache starts empty and stores only what it did not serve. The log itself is warmer than that, so a threshold that was chosen from it may serve too much.");
    }

    private static async Task<ReportTable> ReplayAsync(QuestionSet set, float? threshold, QualityOptions options, CancellationToken cancellationToken)
    {
        var rows = new List<string[]>();
        int[] order = [.. Enumerable.Range(0, set.Count)];
        foreach (var similarity in UsualThresholds.Append(threshold ?? UsualThresholds[0]).Distinct().OrderDescending())
        {
            var name = $"threshold {Figures.Number(similarity, 3)}{(similarity == threshold ? ", chosen" : "")}";
            rows.Add(Row(name, await RunAsync(new SemanticCacheOptions { MinimumSimilarity = similarity })));
        }

        foreach (var budget in options.Budgets)
        {
            rows.Add(Row($"error budget {Figures.Percent(budget, 0)}", await RunAsync(new SemanticCacheOptions { ErrorBudget = new ErrorBudgetOptions { MaxErrorRate = budget }.UsePrior(PriorOf(options)) })));
        }

        return new ReportTable($"{set.Name}: replayed from an empty cache", ["policy", "questions", "repeats", "served by meaning", "wrong / served", "model calls"], rows);

        Task<StreamResult> RunAsync(SemanticCacheOptions settings) => CacheStream.RunAsync(set, order, settings, useGuard: true, options.FirstSeed, cancellationToken);
    }

    private static string[] Row(string policy, StreamResult result) =>
    [
        policy, Figures.Count(result.Asked), Figures.Count(result.Asked - result.Requests), Figures.Count(result.Served), Figures.Share(result.Wrong, result.Served), Figures.Percent(result.CallRate),
    ];

    // The host's own log is not what the prior of the package was made of.
    private static ErrorBudgetPrior PriorOf(QualityOptions options) =>
        options.PriorPath is null && options.EncoderPath == GeneratorEncoder.MiniLM ? ErrorBudgetPrior.For(MiniLM)! : PriorOption.Read(options);
}
