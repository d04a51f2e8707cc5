using System.Globalization;
using RagCaching.LatencyLab.Providers;
using RagCaching.LatencyLab.Traffic;
using Spectre.Console;

namespace RagCaching.LatencyLab.Report;

/// <summary>What each technique does to latency, calls and answers.</summary>
internal static class LatencyTable
{
    public static void Write(IAnsiConsole console, TableBorder border, IReadOnlyList<TechniqueRun> runs)
    {
        var table = new Table().Border(border).AddColumn("Technique");
        foreach (var title in (string[])["First\ntoken\np50 ms", "\n\np95 ms", "Whole\nanswer\np50 ms", "\n\np95 ms", "Embedding\ncalls\n(saved)", "Chat\ncalls\n(saved)"])
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }

        table.AddColumn(new TableColumn("From\nthe\ncache").RightAligned());
        table.AddColumn(new TableColumn("WRONG\nof\nserved").RightAligned());
        foreach (var run in runs)
        {
            table.AddRow([.. Cells(run, runs[0].Calls).Select(cell => new Text(cell))]);
        }

        console.Write(table);
    }

    private static IEnumerable<string> Cells(TechniqueRun run, CallCounts baseline)
    {
        var replies = run.Outcomes.Select(outcome => outcome.Reply).ToList();
        yield return run.Technique.Name;
        yield return Milliseconds(Percentile.Of(replies.Select(reply => reply.FirstToken), 50));
        yield return Milliseconds(Percentile.Of(replies.Select(reply => reply.FirstToken), 95));
        yield return Milliseconds(Percentile.Of(replies.Select(reply => reply.Total), 50));
        yield return Milliseconds(Percentile.Of(replies.Select(reply => reply.Total), 95));
        yield return Calls(run.Calls.Embeddings, baseline.Embeddings);
        yield return Calls(run.Calls.Chats, baseline.Chats);
        yield return run.Technique.CachesAnswers ? $"{100d * run.Served / replies.Count:0} %" : "-";
        yield return run.Technique.CachesAnswers ? $"{run.Wrong} of {run.Served}" : "-";
    }

    private static string Calls(long calls, long baseline) => $"{calls} ({baseline - calls})";

    private static string Milliseconds(TimeSpan time) =>
        time.TotalMilliseconds.ToString(time.TotalMilliseconds < 10 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
