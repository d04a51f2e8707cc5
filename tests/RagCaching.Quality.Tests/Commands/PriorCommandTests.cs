using System.Globalization;
using RagCaching.Quality.Cli;
using RagCaching.Quality.Commands;
using RagCaching.Quality.Tests.Report;
using Spectre.Console;

namespace RagCaching.Quality.Tests.Commands;

public sealed class PriorCommandTests : IDisposable
{
    private const string Deviations = "scale-deviations: ";
    private static readonly IAnsiConsole Silent = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) });

    private readonly string _folder = Directory.CreateTempSubdirectory("ragcaching-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task RunAsync_LabelledQuestions_WritesAPriorOfEveryFeature()
    {
        // The clusters overlap, so that some candidates are wrong; there are no numbers by which the guard would refuse all of them.
        ReportTests.WriteClusters(_folder, 600, spread: 1.5f, row => $"about {Letters(row % 10)} the word {Letters(row)}");
        var path = Path.Combine(_folder, "a.prior.txt");

        await PriorCommand.RunAsync(
            new QualityOptions { Command = "prior", Inputs = [_folder], ModelName = "all-MiniLM-L6-v2", OutPath = path }, Silent, TestContext.Current.CancellationToken);

        // A feature that nobody reads in a scope without a prior varies by nothing, and would have no weight in any scope.
        var lines = await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken);
        var deviations = lines.Single(line => line.StartsWith(Deviations, StringComparison.Ordinal))[Deviations.Length..].Split(' ');
        Assert.Equal(12, deviations.Length);
        Assert.All(deviations, deviation => Assert.True(double.Parse(deviation, CultureInfo.InvariantCulture) > 0.011, $"The deviations are {string.Join(' ', deviations)}."));
        Assert.Equal("all-MiniLM-L6-v2", ErrorBudgetPrior.Read(new StringReader(string.Join('\n', lines))).Model);

        static string Letters(int number) => string.Concat(number.ToString(CultureInfo.InvariantCulture).Select(digit => (char)('k' + digit - '0')));
    }
}
