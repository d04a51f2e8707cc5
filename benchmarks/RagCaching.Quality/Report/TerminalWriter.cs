using Spectre.Console;

namespace RagCaching.Quality.Report;

/// <summary>Shows a report in the terminal.</summary>
internal static class TerminalWriter
{
    public static void Write(QualityReport report, IAnsiConsole console)
    {
        console.Write(new Rule(Markup.Escape(report.Title)).LeftJustified());
        foreach (var note in report.Notes)
        {
            console.WriteLine(note);
        }

        foreach (var table in report.Tables)
        {
            var shown = new Table().Title(Markup.Escape(table.Title)).Border(TableBorder.Simple);
            for (var i = 0; i < table.Columns.Count; i++)
            {
                var column = new TableColumn(Markup.Escape(table.Columns[i])).NoWrap();
                shown.AddColumn(i == 0 ? column : column.RightAligned());
            }

            foreach (var row in table.Rows)
            {
                shown.AddRow([.. row.Select(value => new Text(value))]);
            }

            console.Write(shown);
        }
    }
}
