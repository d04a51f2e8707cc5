using System.IO.Compression;
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
    public void Draw_LearningCurves_BringItsOwnGroundAndSaysWhatItShows()
    {
        var svg = LearningCurves.Draw(
            "a < b", "of both", [("one pass", [new PlotPoint(250, 10, 5, 15), new PlotPoint(500, 60, 55, 65), new PlotPoint(900, 70, 65, 75)]), ("Zipf", [new PlotPoint(250, 40, 35, 45)])], mostRequests: 500);

        var document = System.Xml.Linq.XDocument.Parse(svg);
        Assert.Equal("a < b", document.Root!.Elements().First().Value);
        Assert.Contains("one pass: 10 % up to request 250, 60 % up to request 500.", svg, StringComparison.Ordinal);
        Assert.Contains("fill=\"#fff\"", svg, StringComparison.Ordinal);
        Assert.Contains("points=\"340.0,302.6 624.0,165.6\"", svg, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningCurves.Draw("", "", [.. Enumerable.Repeat<(string, IReadOnlyList<PlotPoint>)>(("", []), 5)], 1));
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
    public async Task Stream_AnyFolder_HasAllFourPlotsOfBothKindsOfTraffic()
    {
        var folder = Directory.CreateTempSubdirectory("ragcaching-").FullName;
        try
        {
            WriteClusters(folder);

            var report = await StreamCommand.RunAsync(
                new QualityOptions { Command = "stream", Inputs = [folder], Orders = 1, Requests = 300, Budgets = [0.05], UseGuard = true }, Silent, TestContext.Current.CancellationToken);

            Assert.Equal(2, report.Tables.Count);
            foreach (var kind in (string[])["one pass", "Zipf"])
            {
                foreach (var subject in (string[])["hits against wrong / served", "hits among each", "precision by threshold", "similarities"])
                {
                    var plot = Assert.Single(report.Plots, plot => plot.Title.Contains(kind, StringComparison.Ordinal) && plot.Title.Contains(subject, StringComparison.Ordinal));
                    Assert.Contains("<svg", plot.Svg, StringComparison.Ordinal);
                }
            }

            Assert.All(["error budget 5 %", "best threshold 5 %", "calibrated threshold 5 %", "vCache 5 % of all", "threshold 0.90"],
                policy => Assert.Contains(report.Tables[0].Rows, row => row[0] == policy));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    internal static void WriteClusters(string folder, int count = 300, float spread = 0.4f, Func<int, string>? text = null)
    {
        const int Clusters = 10, Dimensions = 8;
        var random = new Random(1);
        var centres = Enumerable.Range(0, Clusters).Select(_ => Enumerable.Range(0, Dimensions).Select(_ => random.NextSingle() - 0.5f).ToArray()).ToArray();
        using var writer = new StreamWriter(new GZipStream(File.Create(Path.Combine(folder, "questions.jsonl.gz")), CompressionLevel.Fastest));
        using var vectors = File.Create(Path.Combine(folder, "vectors.f16.bin"));
        for (var i = 0; i < count; i++)
        {
            writer.Write($$"""{"text":"{{text?.Invoke(i) ?? $"question {i}"}}","label":"{{i % Clusters}}"}{{"\n"}}""");
            foreach (var component in centres[i % Clusters])
            {
                vectors.Write(BitConverter.GetBytes((Half)(component + (spread * (random.NextSingle() - 0.5f)))));
            }
        }
    }
}
