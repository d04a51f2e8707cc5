using RagCaching.LatencyLab.Cli;

namespace RagCaching.LatencyLab.Tests.Cli;

public sealed class CommandLineTests
{
    [Fact]
    public void Parse_Nothing_GivesDefaults() => Assert.Equal(new LabOptions(), CommandLine.Parse([]));

    [Fact]
    public void Parse_ShortWithRequests_KeepsTheRequests()
    {
        var options = CommandLine.Parse(["--requests", "7", "--short"]);

        Assert.Equal(7, options.Requests);
        Assert.Equal(LabOptions.ShortSpeed, options.Speed);
    }

    [Fact]
    public void Parse_ADashboardInShort_IsBoth() => Assert.Equal((true, true), (CommandLine.Parse(["--dashboard", "--short"]).Dashboard, CommandLine.Parse(["--short", "--dashboard"]).Short));

    [Fact]
    public void Parse_AReceiver_TakesItsAddress() => Assert.Equal(new Uri("http://localhost:4317"), CommandLine.Parse(["--dashboard", "--otlp", "http://localhost:4317"]).Receiver);

    [Fact]
    public void Parse_NegativeSeed_IsTaken() => Assert.Equal(-3, CommandLine.Parse(["--seed", "-3"]).Seed);

    [Fact]
    public void Parse_Endpoint_TakesTheModels()
    {
        var options = CommandLine.Parse(["--endpoint", "https://example.com/v1", "--chat-model", "c", "--embedding-model", "e"]);

        Assert.Equal(("https://example.com/v1", "c", "e"), (options.Endpoint!.AbsoluteUri, options.ChatModel, options.EmbeddingModel));
    }

    [Fact]
    public void Parse_AJournal_TakesItsPlaceAndTheInstances()
    {
        var options = CommandLine.Parse(["--sqlite", "cache.db", "--instances", "3"]);

        Assert.Equal((("sqlite", "cache.db"), 3), (options.Journal!.Value, options.Instances));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(true, "--encoder", "minilm")]
    [InlineData(false, "--encoder", "hashing")]
    [InlineData(false, "--endpoint", "https://example.com/v1", "--chat-model", "c", "--embedding-model", "e")]
    [InlineData(true, "--endpoint", "https://example.com/v1", "--chat-model", "c", "--encoder", "minilm")]
    public void Parse_Encoder_TellsWhereTextsAreEmbedded(bool isLocal, params string[] arguments) =>
        Assert.Equal(isLocal, CommandLine.Parse(arguments).EmbedsLocally);

    [Theory]
    [InlineData("--dashboard", "--dashboard", "--endpoint", "http://localhost/v1", "--chat-model", "c", "--embedding-model", "e")]
    [InlineData("without --dashboard", "--otlp", "http://localhost:4317")]
    [InlineData("'grpc://localhost'", "--dashboard", "--otlp", "grpc://localhost")]
    [InlineData("'0'", "--speed", "0")]
    [InlineData("--redis needs a value", "--redis")]
    [InlineData("--instances 2 needs a journal", "--instances", "2")]
    [InlineData("'1'", "--sqlite", "cache.db", "--instances", "1")]
    [InlineData("'potion'", "--encoder", "potion")]
    [InlineData("--encoder needs a value", "--encoder")]
    [InlineData("--encoder hashing", "--endpoint", "http://localhost/v1", "--chat-model", "c", "--encoder", "hashing")]
    [InlineData("not both", "--endpoint", "http://localhost/v1", "--chat-model", "c", "--embedding-model", "e", "--encoder", "minilm")]
    [InlineData("--encoder minilm", "--endpoint", "http://localhost/v1", "--chat-model", "c")]
    [InlineData("'NaN'", "--speed", "NaN")]
    [InlineData("'-1'", "--requests", "-1")]
    [InlineData("'1.5'", "--concurrency", "1.5")]
    [InlineData("'many'", "--seed", "many")]
    [InlineData("'file:///etc'", "--endpoint", "file:///etc")]
    [InlineData("--chat-model", "--endpoint", "http://localhost/v1")]
    [InlineData("'m'", "--embedding-model", "m")]
    [InlineData("--seed needs a value", "--seed")]
    [InlineData("--speed needs a value", "--speed", "--short")]
    [InlineData("'--fast'", "--fast")]
    [InlineData("'more'", "more")]
    public void Parse_BadOption_NamesIt(string named, params string[] arguments)
    {
        var exception = Assert.Throws<UsageException>(() => CommandLine.Parse(arguments));

        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
    }
}
