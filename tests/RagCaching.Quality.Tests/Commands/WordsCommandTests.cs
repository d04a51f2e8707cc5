using System.IO.Compression;
using RagCaching.Quality.Cli;
using RagCaching.Quality.Commands;
using Spectre.Console;

namespace RagCaching.Quality.Tests.Commands;

public sealed class WordsCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ragcaching-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_FourQuestions_CountsVolatileOnesAndThoseAboutNow()
    {
        using (var writer = new StreamWriter(new GZipStream(File.Create(Path.Combine(_folder, "questions.jsonl.gz")), CompressionLevel.Fastest)))
        {
            foreach (var question in (string[])["What time is it now?", "Where is my order?", "How do I cancel my order?", "What is an order?"])
            {
                writer.WriteLine($$"""{"text":"{{question}}"}""");
            }
        }

        var report = WordsCommand.Run(
            new QualityOptions { Command = "words", Inputs = [_folder + Path.DirectorySeparatorChar] }, AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) }));

        var row = Assert.Single(report.Tables[0].Rows);
        Assert.Equal((Path.GetFileName(_folder), "4"), (row[0], row[1]));
        Assert.StartsWith("50.0 %", row[2], StringComparison.Ordinal);
        Assert.StartsWith("25.0 %", row[3], StringComparison.Ordinal);
    }
}
