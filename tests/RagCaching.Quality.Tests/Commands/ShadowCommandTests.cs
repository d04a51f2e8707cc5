using System.Globalization;
using RagCaching.Quality.Cli;
using RagCaching.Quality.Commands;
using RagCaching.Quality.Tests.Report;
using Spectre.Console;

namespace RagCaching.Quality.Tests.Commands;

public sealed class ShadowCommandTests : IDisposable
{
    private const int Questions = 1_200;
    private static readonly IAnsiConsole Silent = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) });

    private readonly string _folder = Directory.CreateTempSubdirectory("ragcaching-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task RunAsync_MoreThanAThousandQuestions_ShowsTheLooksThatItReachesAndWhatIsServed()
    {
        ReportTests.WriteClusters(_folder, Questions);

        var report = await ShadowCommand.RunAsync(new QualityOptions { Command = "shadow", Inputs = [_folder], Budgets = [0.05] }, Silent, TestContext.Current.CancellationToken);

        var look = Assert.Single(report.Tables[0].Rows);
        Assert.Equal("1,000", look[0]);
        Assert.InRange(Number(look[1]), 1, Questions);
        Assert.InRange(Number(look[2]), Number(look[3]), Number(look[1]));
        var served = Assert.Single(report.Tables[1].Rows);
        Assert.Equal("1,200", served[0]);
        Assert.InRange(Number(served[2]), 0, Number(served[1].Split(' ')[0]));
        Assert.Contains(report.Notes, note => note.Contains("a threshold after 1,000 questions: ", StringComparison.Ordinal));
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
}
