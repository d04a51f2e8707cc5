using RagCaching.Quality.Cli;
using RagCaching.Quality.Data;
using RagCaching.Quality.Report;
using Spectre.Console;

namespace RagCaching.Quality.Commands;

/// <summary>Counts what the lexical guard stops, rightly and wrongly, by data and kind.</summary>
internal static class GuardsCommand
{
    // Matches below this are hardly ever served.
    private const float NearFrom = 0.8f;

    public static QualityReport Run(QualityOptions options, IAnsiConsole console)
    {
        var report = new QualityReport("What the lexical guard stops");
        EachInput.Run(options, console, (name, pairs) => report.Tables.Add(TableOf(name, pairs)));
        return report;
    }

    private static ReportTable TableOf(string name, IReadOnlyList<LabelledPair> pairs)
    {
        var rows = new List<string[]>();
        foreach (var variant in Enum.GetValues<LexicalGuardVariant>())
        {
            var guard = new LexicalGuard(new LexicalGuardOptions { Variant = variant });
            var judged = pairs.Select(pair => (Pair: pair, IsStopped: !guard.Allows(pair.Question, pair.Candidate))).ToArray();
            rows.Add(Row($"{variant}", judged));
            if (variant == LexicalGuardVariant.Balanced)
            {
                rows.AddRange(judged.Where(item => item.Pair.Kind.Length > 0).GroupBy(item => item.Pair.Kind).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => Row($"  {group.Key}", group)));
            }
        }

        return new ReportTable($"{name}: {pairs.Count} pairs", ["variant or kind", "wrong stopped", "right stopped", $"wrong stopped from {NearFrom}", $"right stopped from {NearFrom}"], rows);
    }

    private static string[] Row(string name, IEnumerable<(LabelledPair Pair, bool IsStopped)> judged)
    {
        var all = judged.ToArray();
        var near = all.Where(item => item.Pair.Similarity >= NearFrom).ToArray();
        return [name, Share(all, isRight: false), Share(all, isRight: true), Share(near, isRight: false), Share(near, isRight: true)];
    }

    private static string Share((LabelledPair Pair, bool IsStopped)[] judged, bool isRight) =>
        Figures.Share(judged.Count(item => item.Pair.IsRight == isRight && item.IsStopped), judged.Count(item => item.Pair.IsRight == isRight));
}
