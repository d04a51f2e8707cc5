using System.Globalization;
using RagCaching.Quality.Cli;
using RagCaching.Quality.Commands;
using RagCaching.Quality.Encoding;
using RagCaching.Quality.Report;
using Spectre.Console;

namespace RagCaching.Quality.Tests.Commands;

public sealed class CalibrateCommandTests : IDisposable
{
    private static readonly IAnsiConsole Silent = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) });

    private readonly string _folder = Directory.CreateTempSubdirectory("ragcaching-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task RunAsync_OneKindOnly_NamesTheInput()
    {
        var path = Write("pairs.csv", ["question,candidate,label,similarity", "how do I pay,how to pay,1,0.9", "turn it on,turn it off,0,0.9"]);

        var message = (await Assert.ThrowsAsync<QualityException>(() => RunAsync(path))).Message;

        Assert.Contains("1 of the 1 pairs that the lexical guard allows are right", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_PairsWithoutSimilarity_SaysWhatIsMissing() =>
        Assert.Contains("similarity", (await Assert.ThrowsAsync<QualityException>(() => RunAsync(Path.Combine(AppContext.BaseDirectory, "pairs.csv")))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task RunAsync_CsvOfAShadowLog_ChoosesAThreshold()
    {
        var path = Write("log.csv", ["question,candidate,label,similarity", .. Enumerable.Range(0, 400).Select(_ => ",,1,0.97"), .. Enumerable.Range(0, 100).Select(i => $",,{i % 2},0.8")]);

        var report = await RunAsync(path);

        Assert.Contains("From 0.970 on", report.Notes[0], StringComparison.Ordinal);
        Assert.Equal(2, report.Plots.Count);
    }

    [Fact]
    public async Task RunAsync_PastAnswersAndNoEncoder_NamesTheOption() =>
        Assert.Contains("--encoder", (await Assert.ThrowsAsync<QualityException>(() => RunAsync(Write("past.csv", ["question,answer", "a,b", "c,d"])))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("past.csv", true)]
    [InlineData("past.jsonl", false)]
    public async Task AddAsync_PastAnswers_GroupsComparesAndReplaysFromAnEmptyCache(string name, bool isCsv)
    {
        // Forty topics, each asked in five wordings and once more in the first: near for the encoder where the answer is the same, and a little less near where it is not.
        var asked = Enumerable.Range(0, 240).Select(i => (Question: $"{Letters(i % 40)} in wording {Letters((i / 40 % 5) + 100)}", Answer: $"The answer about {Letters(i % 40)}."));
        var path = isCsv
            ? Write(name, ["question,answer", "left,", .. asked.Select(turn => $"{turn.Question},{turn.Answer}")])
            : Write(name, ["{}", .. asked.Select(turn => $$"""{"messages":[{"role":"user","content":"{{turn.Question}}"},{"role":"assistant","content":"{{turn.Answer}}"}]}""")]);
        var report = new QualityReport("test");

        await LogCalibration.AddAsync(report, new ThresholdCalibrator(0.9), path, new TopicEncoder(), new QualityOptions { Command = "calibrate", Budgets = [0.05] }, Token);

        Assert.Contains(report.Notes, note => note.StartsWith("past: 240 questions got 40 different answers", StringComparison.Ordinal));
        Assert.Contains(report.Notes, note => note.StartsWith("past: 1 answers were left out; the first: line 2", StringComparison.Ordinal) || note.StartsWith("past: 1 answers were left out; the first: line 1", StringComparison.Ordinal));
        var replay = report.Tables[^1];
        Assert.Equal("past: replayed from an empty cache", replay.Title);
        Assert.Equal(["error budget 5 %"], replay.Rows.Select(row => row[0]).TakeLast(1));

        // Every topic is asked once; its other wordings are served at 0.95, and repeats of the first wording are exact.
        var strict = replay.Rows.Single(row => row[0].StartsWith("threshold 0.950", StringComparison.Ordinal));
        Assert.Equal(["240", "40", "160"], strict.Skip(1).Take(3));
        Assert.StartsWith("0.0 %", strict[4], StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddAsync_NothingToCompare_NamesTheFile()
    {
        var path = Write("past.csv", ["question,answer", "a,"]);

        var message = (await Assert.ThrowsAsync<QualityException>(() =>
            LogCalibration.AddAsync(new QualityReport("test"), new ThresholdCalibrator(0.9), path, new TopicEncoder(), new QualityOptions { Command = "calibrate" }, Token))).Message;

        Assert.Contains(path, message, StringComparison.Ordinal);
        Assert.Contains("line 2", message, StringComparison.Ordinal);
    }

    private static string Letters(int number) => string.Concat(number.ToString(CultureInfo.InvariantCulture).Select(digit => (char)('k' + digit - '0')));

    private string Write(string name, IEnumerable<string> lines)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllLines(path, lines);
        return path;
    }

    private static Task<QualityReport> RunAsync(string path) => CalibrateCommand.RunAsync(new QualityOptions { Command = "calibrate", Inputs = [path] }, Silent, Token);

    /// <summary>Gives texts with the same first word almost the same vector, and others one at a random angle.</summary>
    private sealed class TopicEncoder : ITextEncoder
    {
        private const int Dimensions = 16;

        public float[][] Encode(IReadOnlyList<string> texts) => [.. texts.Select(text =>
        {
            var topic = text.StartsWith("The answer about ", StringComparison.Ordinal) ? text : text.Split(' ')[0];
            var (random, noise) = (new Random(StableHash(topic)), new Random(StableHash(text)));
            return Enumerable.Range(0, Dimensions).Select(_ => random.NextSingle() - 0.5f + (0.05f * (noise.NextSingle() - 0.5f))).ToArray();
        })];

        private static int StableHash(string text) => text.Aggregate(17, (hash, character) => unchecked((hash * 31) + character));
    }
}
