using System.Globalization;
using RagCaching.Mutants.Running;

namespace RagCaching.Mutants.Cli;

/// <summary>Writes what became of mutants, as a table of Markdown.</summary>
internal static class OutcomeTable
{
    public static void Write(IReadOnlyList<Outcome> outcomes, TextWriter writer)
    {
        foreach (var room in outcomes.GroupBy(outcome => outcome.Mutant.Room))
        {
            writer.WriteLine($"\n## {room.Key}\n\n| Behaviour | Mutant | Verdict | By |\n|---|---|---|---|");
            foreach (var outcome in room)
            {
                writer.WriteLine($"| {outcome.Mutant.Behaviour} | {outcome.Mutant.Id} | {outcome.Verdict.ToString().ToLowerInvariant()} | {outcome.Detail.Replace('|', '/').ReplaceLineEndings(" ")} |");
            }
        }

        var killed = outcomes.Count(outcome => outcome.Verdict == Verdict.Killed);
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{killed} of {outcomes.Count} mutants killed: {100.0 * killed / Math.Max(1, outcomes.Count):0.0} %."));
    }
}
