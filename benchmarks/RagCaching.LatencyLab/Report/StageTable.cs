using System.Globalization;
using RagCaching.LatencyLab.Rag;
using RagCaching.LatencyLab.Traffic;
using Spectre.Console;

namespace RagCaching.LatencyLab.Report;

/// <summary>Where the time of a request goes, without caches and with everything.</summary>
internal static class StageTable
{
    private static readonly (string Name, Func<StageTimes, TimeSpan> Of)[] Stages =
    [
        ("embedding", stages => stages.Embedding),
        ("cache lookup", stages => stages.Lookup),
        ("retrieval", stages => stages.Retrieval),
        ("first token", stages => stages.FirstToken),
        ("generation", stages => stages.Generation),
        ("sum", stages => stages.Total),
    ];

    public static void Write(IAnsiConsole console, TableBorder border, TechniqueRun before, TechniqueRun after)
    {
        var all = Times(after, _ => true);
        var hits = Times(after, reply => reply.IsHit);
        var misses = Times(after, reply => !reply.IsHit);
        (string Title, IReadOnlyList<StageTimes> Times)[] columns =
        [
            (before.Technique.Name, Times(before, _ => true)),
            (after.Technique.Name, all),
            ($"of these {hits.Count}\nfrom the cache", hits),
            ($"and {misses.Count}\nfrom the model", misses),
        ];

        var table = new Table().Border(border).AddColumn("Mean ms per request");
        foreach (var (title, _) in columns)
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }

        foreach (var (name, of) in Stages)
        {
            table.AddRow([name, .. columns.Select(column => Mean(column.Times, of))]);
        }

        console.Write(table);
    }

    private static List<StageTimes> Times(TechniqueRun run, Func<RagReply, bool> which) =>
        [.. run.Outcomes.Select(outcome => outcome.Reply).Where(which).Select(reply => reply.Stages)];

    private static string Mean(IReadOnlyList<StageTimes> times, Func<StageTimes, TimeSpan> of) =>
        times.All(stages => of(stages) == TimeSpan.Zero) ? "-" : times.Average(stages => of(stages).TotalMilliseconds).ToString("0.0", CultureInfo.InvariantCulture);
}
