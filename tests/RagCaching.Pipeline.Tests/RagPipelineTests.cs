using Microsoft.Extensions.AI;
using RagCaching.Pipeline.Tests.TestDoubles;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Pipeline.Tests;

public sealed class RagPipelineTests : IDisposable
{
    private const string Question = "What does premium cost?";

    private readonly PipelineFixture _fixture = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Ask_NewQuestion_RetrievesPromptsAndTellsHow()
    {
        var answer = await _fixture.AskAsync(Question);

        Assert.Equal(("answer 1", SemanticCacheOutcome.Miss), (answer.Text, answer.Outcome));
        Assert.Equal("c1", Assert.Single(answer.Chunks).Id);
        Assert.Equal("v1", answer.SourceVersions["prices"]);
        Assert.Equal("test-chat-model", answer.ModelUsed);
        Assert.NotNull(answer.EntryId);
        var (messages, options) = Assert.Single(_fixture.Chat.Requests);
        Assert.Equal(RagPipelineOptions.DefaultInstructions, messages[0].Text);
        Assert.Equal("<context>\n[1] prices\nPremium costs ten.\n\n</context>\n\nQuestion: What does premium cost?", messages[1].Text);
        Assert.Null(options);
    }

    [Fact]
    public async Task Ask_SameQuestionAgain_IsServedWithItsSourcesAndWithoutRetrieval()
    {
        await _fixture.AskAsync(Question);

        var again = await _fixture.AskAsync(Question);

        Assert.Equal(("answer 1", SemanticCacheOutcome.ExactHit, true), (again.Text, again.Outcome, again.IsHit));
        Assert.Equal(("c1", "prices", "v1", ""), Assert.Single(again.Chunks) is var chunk ? (chunk.Id, chunk.SourceId, chunk.SourceVersion, chunk.Text) : default);
        Assert.Equal("v1", again.SourceVersions["prices"]);
        Assert.Equal("test-chat-model", again.ModelUsed);
        Assert.Null(again.Usage);
        Assert.Equal(1, _fixture.Retriever.Calls);
    }

    [Fact]
    public async Task AskAndStream_SameQuestion_ShareOneAnswer()
    {
        _fixture.Cache.SameMeaning(Question, "How much is premium?", "Price of premium?");

        var (updates, streamed) = await _fixture.StreamAsync(Question);
        var whole = await _fixture.AskAsync("How much is premium?");
        var (_, again) = await _fixture.StreamAsync("Price of premium?");

        Assert.Equal("answer 1", string.Concat(updates.Select(update => update.Text)));
        Assert.Equal(SemanticCacheOutcome.Miss, streamed.Outcome);
        Assert.Equal("c1", Assert.Single(streamed.Chunks).Id);
        Assert.Equal("v1", streamed.SourceVersions["prices"]);
        Assert.Equal((SemanticCacheOutcome.SemanticHit, "answer 1"), (whole.Outcome, whole.Text));
        Assert.Equal((SemanticCacheOutcome.SemanticHit, "answer 1", "v1"), (again.Outcome, again.Text, again.SourceVersions["prices"]));
        Assert.Equal(1, _fixture.Chat.Calls);
    }

    [Fact]
    public async Task Ask_TwoQuestionsOverTheSameChunks_AreNotMixedUpByTheChatClientsOwnCache()
    {
        // The prompts differ in their last words only, and to this generator they mean the same.
        _fixture.Cache.Generator.Vector = _ => [1, 0];
        using var cached = new SemanticCachingChatClient(_fixture.Chat, _fixture.Cache.Cache);
        var pipeline = _fixture.NewPipeline(cache: NullSemanticCache.Instance, chat: cached);

        var price = await pipeline.AskAsync("What does premium cost?", cancellationToken: Token);
        var date = await pipeline.AskAsync("When does premium start?", cancellationToken: Token);

        Assert.Equal(("answer 1", "answer 2"), (price.Text, date.Text));
        Assert.Null(_fixture.Chat.Requests[0].Options!.AdditionalProperties);
        Assert.Empty(_fixture.Cache.Store.Written);
    }

    [Fact]
    public async Task Ask_CacheControls_DecideAndNeverReachTheModel()
    {
        var control = new ChatOptions { Temperature = 0.5f }.WithSemanticCache(request =>
        {
            request.Mode = SemanticCacheMode.Bypass;
            request.Scope = CacheScope.For("tenant");
        });
        CacheScope? asked = null;
        _fixture.Retriever.Callback = (request, _) =>
        {
            asked = request.Scope;
            return ValueTask.FromResult<IReadOnlyList<RetrievedChunk>>(_fixture.Retriever.Chunks);
        };

        var answer = await _fixture.AskAsync(Question, control);
        var (_, streamed) = await _fixture.StreamAsync(Question, control);

        Assert.Equal((SemanticCacheOutcome.Bypass, SemanticCacheReason.BypassRequested), (answer.Outcome, answer.Reason));
        Assert.Equal(SemanticCacheOutcome.Bypass, streamed.Outcome);
        Assert.Equal(CacheScope.For("tenant"), asked);
        Assert.Equal(2, _fixture.Chat.Calls);
        Assert.Equal(0.5f, _fixture.Chat.Requests[0].Options!.Temperature);
        Assert.Null(_fixture.Chat.Requests[0].Options!.AdditionalProperties);
    }

    [Fact]
    public async Task Ask_AmbientScope_ReachesRetrieversAndKeepsAnswersApart()
    {
        var scopes = new TestScopes();
        _fixture.Services.Add<ICacheScopeProvider>(scopes);
        var asked = new List<CacheScope?>();
        _fixture.Retriever.Callback = (request, _) =>
        {
            asked.Add(request.Scope);
            return ValueTask.FromResult<IReadOnlyList<RetrievedChunk>>(_fixture.Retriever.Chunks);
        };

        scopes.Scope = CacheScope.For("a");
        await _fixture.AskAsync(Question);
        scopes.Scope = CacheScope.For("b");
        var other = await _fixture.AskAsync(Question);

        Assert.False(other.IsHit);
        Assert.Equal([CacheScope.For("a"), CacheScope.For("b")], asked);
    }

    [Fact]
    public async Task Ask_OtherInstructionsVersionRetrieverOrModel_NeverShareAnswers()
    {
        var pipelines = new List<RagPipeline> { _fixture.NewPipeline() };
        _fixture.Options.Instructions = "Answer in French.";
        pipelines.Add(_fixture.NewPipeline());
        _fixture.Options.Version = "2";
        pipelines.Add(_fixture.NewPipeline());
        _fixture.Retrievers.Add(new RetrieverDouble("more documents"));
        pipelines.Add(_fixture.NewPipeline());
        pipelines.Add(_fixture.NewPipeline(chat: new TestChatClient { Metadata = new ChatClientMetadata("test", null, "another-model") }));

        foreach (var pipeline in pipelines)
        {
            Assert.False((await pipeline.AskAsync(Question, cancellationToken: Token)).IsHit);
        }

        foreach (var pipeline in pipelines)
        {
            Assert.True((await pipeline.AskAsync(Question, cancellationToken: Token)).IsHit);
        }
    }

    [Fact]
    public async Task Ask_ModelsWithoutAName_NeverShareAnswers()
    {
        _fixture.Chat.Metadata = null;
        await _fixture.AskAsync(Question);

        var other = await _fixture.NewPipeline(chat: new TestChatClient { Metadata = null }).AskAsync(Question, cancellationToken: Token);

        Assert.False(other.IsHit);
    }

    [Fact]
    public async Task Ask_LaterTurn_IsMatchedExactlyAndKeepsTheConversation()
    {
        ChatMessage[] conversation = [new(ChatRole.User, "Which plans?"), new(ChatRole.Assistant, "Basic and premium."), new(ChatRole.User, "What does the second cost?")];
        ChatMessage[] other = [new(ChatRole.User, "Which cities?"), new(ChatRole.Assistant, "London and Paris."), new(ChatRole.User, "What does the second cost?")];

        await _fixture.Pipeline.AskAsync(conversation, cancellationToken: Token);

        Assert.Equal(SemanticCacheOutcome.ExactHit, (await _fixture.Pipeline.AskAsync(conversation, cancellationToken: Token)).Outcome);
        Assert.False((await _fixture.Pipeline.AskAsync(other, cancellationToken: Token)).IsHit);
        Assert.Equal("Basic and premium.", _fixture.Chat.Requests[0].Messages[2].Text);
    }

    [Fact]
    public async Task Ask_WithARewriter_RetrievesForTheStandaloneQuestion()
    {
        _fixture.Services.Add<IQuestionRewriter>(new Rewriter());
        string? retrievedFor = null;
        _fixture.Retriever.Callback = (request, _) =>
        {
            retrievedFor = request.Question;
            return ValueTask.FromResult<IReadOnlyList<RetrievedChunk>>(_fixture.Retriever.Chunks);
        };
        await _fixture.AskAsync("Which plans?");

        await _fixture.Pipeline.AskAsync(
            [new ChatMessage(ChatRole.User, "Which plans?"), new ChatMessage(ChatRole.Assistant, "Two."), new ChatMessage(ChatRole.User, "And the second one?")], cancellationToken: Token);

        Assert.Equal("What is the second plan?", retrievedFor);
        Assert.EndsWith("Question: And the second one?", _fixture.Chat.Requests[1].Messages[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_PromptWriter_WritesThePrompt()
    {
        _fixture.Options.PromptWriter = (messages, chunks) => [new ChatMessage(ChatRole.User, $"{messages[^1].Text} {chunks[0].Id}")];

        await _fixture.AskAsync(Question);

        Assert.Equal($"{Question} c1", Assert.Single(_fixture.Chat.Requests[0].Messages).Text);
    }

    [Fact]
    public async Task Ask_PromptWriterReturnsNull_IsNamed()
    {
        _fixture.Options.PromptWriter = (_, _) => null!;

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => _fixture.AskAsync(Question));

        Assert.Contains("PromptWriter", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_BadConversation_IsRefusedAtTheCall()
    {
        ChatMessage[] ofAssistant = [new(ChatRole.User, Question), new(ChatRole.Assistant, "Ten.")];
        ChatMessage[] image = [new(ChatRole.User, [new UriContent("http://localhost/a.png", "image/png")])];

        await Assert.ThrowsAsync<ArgumentNullException>(() => _fixture.Pipeline.AskAsync(null!, cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentException>(() => _fixture.Pipeline.AskAsync(" ", cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentException>(() => _fixture.Pipeline.AskAsync([], cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentException>(() => _fixture.Pipeline.AskAsync([null!], cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentException>(() => _fixture.Pipeline.AskAsync(ofAssistant, cancellationToken: Token));
        Assert.Throws<ArgumentException>(() => _fixture.Pipeline.StreamAsync(image, cancellationToken: Token));
    }

    [Fact]
    public void Constructor_RetrieversThatCannotBe_AreNamed()
    {
        Assert.Throws<ArgumentException>(() => new RagPipeline(_fixture.Chat, []));
        Assert.Throws<ArgumentException>(() => new RagPipeline(_fixture.Chat, [null!]));
        var exception = Assert.Throws<ArgumentException>(() => new RagPipeline(_fixture.Chat, [new RetrieverDouble("same"), new RetrieverDouble("same")]));
        Assert.Contains("'same'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_NoScope_SaysHowToNameOne()
    {
        using var strict = new CacheFixture(options => options.ShareAcrossCallers = false);

        await Assert.ThrowsAsync<InvalidOperationException>(() => _fixture.NewPipeline(strict.Cache).AskAsync(Question, cancellationToken: Token));
    }

    [Fact]
    public async Task Ask_ModelFails_FailsUnchangedAndStoresNothing()
    {
        _fixture.Chat.ResponseCallback = (_, _, _) => throw new HttpRequestException("down");

        await Assert.ThrowsAsync<HttpRequestException>(() => _fixture.AskAsync(Question));
        Assert.Empty(_fixture.Cache.Store.Written);
    }

    [Fact]
    public async Task Stream_ModelFails_FailsReaderAndCompletion()
    {
        _fixture.Chat.StreamCallback = (_, _, _) => throw new HttpRequestException("down");
        var stream = _fixture.Pipeline.StreamAsync(Question, cancellationToken: Token);

        await Assert.ThrowsAsync<HttpRequestException>(async () => await stream.ToListAsync(Token));
        await Assert.ThrowsAsync<HttpRequestException>(() => stream.Completion);
    }

    [Fact]
    public async Task Stream_ReaderBreaksOff_CancelsCompletionAndStoresNothing()
    {
        _fixture.Chat.StreamCallback = (_, _, _) => new[] { "one", "two", "three" }.Select(text => new ChatResponseUpdate(ChatRole.Assistant, text)).ToAsyncEnumerable();
        var stream = _fixture.Pipeline.StreamAsync(Question, cancellationToken: Token);

        await foreach (var update in stream)
        {
            Assert.Equal("one", update.Text);
            break;
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stream.Completion);
        Assert.Empty(_fixture.Cache.Store.Written);
    }

    [Fact]
    public async Task Stream_ModelSaysNothing_IsAnEmptyAnswerThatIsNotStored()
    {
        _fixture.Chat.StreamCallback = (_, _, _) => AsyncEnumerable.Empty<ChatResponseUpdate>();

        var (updates, answer) = await _fixture.StreamAsync(Question);

        Assert.Empty(updates);
        Assert.Equal(("", SemanticCacheOutcome.Miss), (answer.Text, answer.Outcome));
        Assert.Empty(_fixture.Cache.Store.Written);
    }

    [Fact]
    public async Task Stream_ReadTwice_Throws()
    {
        var stream = _fixture.Pipeline.StreamAsync(Question, cancellationToken: Token);
        await stream.ToListAsync(Token);

        Assert.Throws<InvalidOperationException>(() => stream.GetAsyncEnumerator(Token));
    }

    [Fact]
    public async Task Stream_CallerCancels_StopsTheModel()
    {
        using var leaving = new CancellationTokenSource();
        var started = new TaskCompletionSource<CancellationToken>();
        _fixture.Chat.StreamCallback = (_, _, token) => NeverAsync(started, token);
        var reading = _fixture.Pipeline.StreamAsync(Question, cancellationToken: leaving.Token).ToListAsync(Token).AsTask();
        var modelToken = await started.Task;

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.True(modelToken.IsCancellationRequested);
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> NeverAsync(
        TaskCompletionSource<CancellationToken> started, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
    {
        started.SetResult(token);
        await new TaskCompletionSource().Task.WaitAsync(token);
        yield break;
    }

    private sealed class TestScopes : ICacheScopeProvider
    {
        public CacheScope? Scope { get; set; }

        public CacheScope? GetScope() => Scope;
    }

    private sealed class Rewriter : IQuestionRewriter
    {
        public ValueTask<string?> RewriteAsync(IReadOnlyList<ChatMessage> conversation, CancellationToken cancellationToken = default) => ValueTask.FromResult<string?>("What is the second plan?");
    }
}
