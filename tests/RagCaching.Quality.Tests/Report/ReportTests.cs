using System.Text.Json;
using RagCaching.Quality.Cli;
using RagCaching.Quality.Commands;
using RagCaching.Quality.Report;
using Spectre.Console;

namespace RagCaching.Quality.Tests.Report;

public sealed class ReportTests
{
    private static readonly IAnsiConsole Silent = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) });

    [Fact]
    public void Html_Report_IsOnePageWithEverythingInIt()
    {
        var report = new QualityReport("a < b");
        report.Tables.Add(new ReportTable("table", ["one", "two"], [(string[])["1", "<2>"]]));
        report.Plots.Add(Plots.Points("plot", "x", "y", [("series", [new PlotPoint(1, 2, 1.5, 2.5), new PlotPoint(2, 3, 2.5, 3.5)])]));

        var page = HtmlReportWriter.Write(report);

        Assert.Contains("a &lt; b", page, StringComparison.Ordinal);
        Assert.Contains("&lt;2&gt;", page, StringComparison.Ordinal);
        Assert.Contains("<svg", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<?xml", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_Report_HasARowAnObject()
    {
        var report = new QualityReport("title");
        report.Tables.Add(new ReportTable("table", ["one", "two"], [(string[])["1", "2"]]));

        var row = JsonDocument.Parse(JsonReportWriter.Write(report)).RootElement.GetProperty("tables")[0].GetProperty("rows")[0];

        Assert.Equal("2", row.GetProperty("two").GetString());
    }

    [Fact]
    public void Guards_OwnPairs_HasARowForEachKind()
    {
        var report = GuardsCommand.Run(new QualityOptions { Command = "guards", Inputs = [Path.Combine(AppContext.BaseDirectory, "pairs.csv")] }, Silent);

        Assert.Contains(report.Tables[0].Rows, row => row[0].Trim() == "negation");
        Assert.Contains(report.Tables[0].Rows, row => row[0] == "Strict");
    }

    [Fact]
    public void Calibrate_PairsWithoutSimilarity_SaysWhatIsMissing() =>
        Assert.Contains("similarity", Assert.Throws<QualityException>(() => CalibrateCommand.Run(
            new QualityOptions { Command = "calibrate", Inputs = [Path.Combine(AppContext.BaseDirectory, "pairs.csv")] }, Silent)).Message, StringComparison.Ordinal);

    [Fact]
    public void Calibrate_CsvOfAShadowLog_ChoosesAThreshold()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".csv");
        try
        {
            File.WriteAllLines(path, ["question,candidate,label,similarity", .. Enumerable.Range(0, 400).Select(_ => ",,1,0.97"), .. Enumerable.Range(0, 100).Select(i => $",,{i % 2},0.8")]);

            var report = CalibrateCommand.Run(new QualityOptions { Command = "calibrate", Inputs = [path] }, Silent);

            Assert.Contains("From 0.970 on", report.Notes[0], StringComparison.Ordinal);
            Assert.Equal(2, report.Plots.Count);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
