using Microsoft.Extensions.AI;
using RagCaching.Pipeline.Models;
using RagCaching.Pipeline.Tests.TestDoubles;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Pipeline.Tests.Models;

public sealed class ModelSelectionTests : IDisposable
{
    private const string Question = "What does premium cost?";

    private readonly PipelineFixture _fixture = new();
    private readonly TestChatClient _small = Client("small-model", "small answer");
    private readonly TestChatClient _large = Client("large-model", "large answer");
    private readonly SelectorDouble _selector = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Ask_ChosenModel_AnswersAndIsNamed()
    {
        _selector.Choose = _ => new ModelChoice("large");

        var answer = await AskAsync();

        Assert.Equal(("large answer", "large-model"), (answer.Text, answer.ModelUsed));
        Assert.Equal(0, _small.Calls);
        Assert.Equal(0, _fixture.Chat.Calls);
    }

    [Fact]
    public async Task Ask_CachedAnswer_NamesTheModelThatGaveIt()
    {
        var pipeline = NewPipeline();
        await pipeline.AskAsync(Question, cancellationToken: Token);

        var again = await pipeline.AskAsync(Question, cancellationToken: Token);

        Assert.Equal((SemanticCacheOutcome.ExactHit, "small-model"), (again.Outcome, again.ModelUsed));
        Assert.Equal(1, await _fixture.Cache.Cache.RemoveWhereAsync(new EntryFilter { AllScopes = true, ModelId = "small-model" }, Token));
    }

    [Fact]
    public async Task Ask_SmallModelDeclines_LargeOneAnswersAndIsStored()
    {
        _small.ResponseCallback = (_, _, _) => Task.FromResult(Usage(CacheFixture.Answer(DeclineWatch.Marker + "\n"), 3));
        _large.ResponseCallback = (_, _, _) => Task.FromResult(Usage(CacheFixture.Answer("large answer"), 4));
        var pipeline = NewPipeline();

        var answer = await pipeline.AskAsync(Question, cancellationToken: Token);
        var again = await pipeline.AskAsync(Question, cancellationToken: Token);

        Assert.Equal(("large answer", "large-model", 7L), (answer.Text, answer.ModelUsed, answer.Usage!.OutputTokenCount));
        Assert.Equal(("large answer", "large-model", true), (again.Text, again.ModelUsed, again.IsHit));
        Assert.Contains(DeclineWatch.Marker, _small.Requests[0].Messages[0].Text, StringComparison.Ordinal);
        Assert.DoesNotContain(DeclineWatch.Marker, _large.Requests[0].Messages[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_SmallModelDeclines_NothingOfItIsShown()
    {
        _small.StreamCallback = (_, _, _) => Pieces("NO_", "ANSW", "ER", " since I know nothing.");

        var (updates, answer) = await StreamAsync();

        Assert.Equal("large answer", string.Concat(updates.Select(update => update.Text)));
        Assert.Equal("large-model", answer.ModelUsed);
    }

    [Theory]
    [InlineData("NO_", "BODY knows.")]
    [InlineData(" ", "Ten.")]
    [InlineData("N", "O")]
    [InlineData("", "Ten.")]
    public async Task Stream_SmallModelOnlyBeginsLikeDeclining_IsShownWhole(params string[] pieces)
    {
        _small.StreamCallback = (_, _, _) => Pieces(pieces);

        var (updates, answer) = await StreamAsync();

        Assert.Equal(string.Concat(pieces), string.Concat(updates.Select(update => update.Text)));
        Assert.Equal("small-model", answer.ModelUsed);
        Assert.Equal(0, _large.Calls);
    }

    [Fact]
    public async Task Stream_FirstWordsThatDoNotDecline_AreHandedOnAtOnce()
    {
        var rest = new TaskCompletionSource();
        _small.StreamCallback = (_, _, _) => PiecesThenWaitAsync(rest);
        await using var reader = NewPipeline().StreamAsync(Question, cancellationToken: Token).GetAsyncEnumerator(Token);

        Assert.True(await reader.MoveNextAsync());

        Assert.Equal("Ten", reader.Current.Text);
        rest.SetResult();
        while (await reader.MoveNextAsync())
        {
        }
    }

    [Fact]
    public async Task Ask_SelectorsThatDoWrong_AreNamed()
    {
        _selector.Choose = _ => new ModelChoice("huge");
        Assert.Contains("SelectorDouble chose the model 'huge'", (await Assert.ThrowsAsync<InvalidOperationException>(AskAsync)).Message, StringComparison.Ordinal);
        _selector.Choose = _ => new ModelChoice("small", new ModelChoice("huge"));
        Assert.Contains("'huge'", (await Assert.ThrowsAsync<InvalidOperationException>(AskAsync)).Message, StringComparison.Ordinal);
        _selector.Choose = _ => new ModelChoice("small", new ModelChoice("large", new ModelChoice("small")));
        Assert.Contains("'small' to 'large' and from there further", (await Assert.ThrowsAsync<InvalidOperationException>(AskAsync)).Message, StringComparison.Ordinal);
        _selector.Choose = _ => new ModelChoice(null);
        Assert.Contains("chose the model of the pipeline", (await Assert.ThrowsAsync<InvalidOperationException>(AskAsync)).Message, StringComparison.Ordinal);
        _selector.Choose = _ => null!;
        Assert.Contains("SelectorDouble returned null", (await Assert.ThrowsAsync<InvalidOperationException>(AskAsync)).Message, StringComparison.Ordinal);
        _selector.Models = ["small", "unregistered"];
        Assert.Contains("AddKeyedChatClient(\"unregistered\"", (await Assert.ThrowsAsync<InvalidOperationException>(AskAsync)).Message, StringComparison.Ordinal);
        _selector.Models = [];
        Assert.Contains("names no Models", (await Assert.ThrowsAsync<InvalidOperationException>(AskAsync)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_SelectorThrows_FailsUnchanged()
    {
        _selector.Choose = _ => throw new FormatException();

        await Assert.ThrowsAsync<FormatException>(AskAsync);
    }

    [Fact]
    public async Task Ask_OtherSetOfModels_NeverSharesAnswers()
    {
        _selector.Choose = _ => new ModelChoice("small");
        await AskAsync();
        _selector.Models = ["small"];

        Assert.False((await AskAsync()).IsHit);
    }

    [Fact]
    public async Task Ask_ClientReturnsNull_NamesTheModel()
    {
        _small.ResponseCallback = (_, _, _) => Task.FromResult<ChatResponse>(null!);

        Assert.Contains("'small-model'", (await Assert.ThrowsAsync<InvalidOperationException>(AskAsync)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Short?", 2, 0.9, "small")]
    [InlineData("Short?", 3, 0.9, "large")]
    [InlineData("Short?", 2, 0.5, "large")]
    [InlineData("Short?", 0, 0.9, "large")]
    [InlineData("A question that is too long.", 2, 0.9, "large")]
    public async Task SmallModelSelector_Rule_ShortQuestionWithFewConfidentChunks(string question, int chunks, double score, string expected)
    {
        var selector = new SmallModelSelector("small", "large", new SmallModelSelectorOptions { MaxQuestionLength = 20, MaxChunks = 2, MinimumScore = 0.8 });

        var choice = await selector.SelectAsync(
            new ModelSelectionRequest(question, [], [.. Enumerable.Range(0, chunks).Select(i => RetrieverDouble.Chunk($"{i}", score: score - i))]), Token);

        Assert.Equal(expected, choice.Model);
        Assert.Equal(expected == "small" ? new ModelChoice("large") : null, choice.EscalateTo);
        Assert.Equal(["small", "large"], selector.Models);
    }

    [Theory]
    [InlineData("one", "one", "'one'")]
    [InlineData(null, null, "the pipeline's own")]
    public void SmallModelSelector_SameModels_AreRefused(string? small, string? large, string named) =>
        Assert.Contains(named, Assert.Throws<ArgumentException>(() => new SmallModelSelector(small, large)).Message, StringComparison.Ordinal);

    [Fact]
    public void SmallModelSelector_LimitsOutOfRange_AreRefused() =>
        Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(() => new SmallModelSelector("small", "large", new SmallModelSelectorOptions { MaxChunks = 0 }));

    private static TestChatClient Client(string model, string answer) => new()
    {
        Metadata = new ChatClientMetadata("test", null, model),
        ResponseCallback = (_, _, _) => Task.FromResult(CacheFixture.Answer(answer)),
        StreamCallback = (_, _, _) => Pieces(answer),
    };

    private static ChatResponse Usage(ChatResponse response, int tokens)
    {
        response.Usage = new UsageDetails { OutputTokenCount = tokens };
        return response;
    }

    private static IAsyncEnumerable<ChatResponseUpdate> Pieces(params string[] pieces) =>
        pieces.Select(piece => new ChatResponseUpdate(ChatRole.Assistant, piece)).Append(new ChatResponseUpdate { FinishReason = ChatFinishReason.Stop }).ToAsyncEnumerable();

    private static async IAsyncEnumerable<ChatResponseUpdate> PiecesThenWaitAsync(TaskCompletionSource rest)
    {
        yield return new ChatResponseUpdate(ChatRole.Assistant, "Ten");
        await rest.Task;
        yield return new ChatResponseUpdate(ChatRole.Assistant, ".") { FinishReason = ChatFinishReason.Stop };
    }

    private RagPipeline NewPipeline()
    {
        _fixture.Services.Add<IModelSelector>(_selector);
        var services = new KeyedServices(_fixture.Services, new Dictionary<string, object> { ["small"] = _small, ["large"] = _large });
        return new RagPipeline(_fixture.Chat, _fixture.Retrievers, _fixture.Cache.Cache, _fixture.Options, services);
    }

    private Task<RagAnswer> AskAsync() => NewPipeline().AskAsync(Question, cancellationToken: Token);

    private async Task<(List<ChatResponseUpdate> Updates, RagAnswer Answer)> StreamAsync()
    {
        var stream = NewPipeline().StreamAsync(Question, cancellationToken: Token);
        var updates = await stream.ToListAsync(Token);
        return (updates, await stream.Completion);
    }
}
