using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RagCaching.Diagnostics;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Chat.Requests;

public sealed class QuestionRewriterTests
{
    private static readonly ChatMessage[] Premium = Conversation("What plans are there?", "Basic and premium.", "And the second one?");
    private static readonly ChatMessage[] Paris = Conversation("Which cities do you serve?", "London and Paris.", "And the second one?");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetResponse_LaterTurn_IsMatchedByMeaningAsWhatItWasRewrittenTo()
    {
        using var fixture = Fixture((_, _) => ValueTask.FromResult<string?>("What does the premium plan cost?"));
        fixture.Cache.SameMeaning("What does the premium plan cost?", "How much is premium?");

        await fixture.AskAsync("How much is premium?");
        var followUp = await fixture.AskAsync(Premium);

        Assert.Equal(SemanticCacheOutcome.SemanticHit, followUp.GetSemanticCacheResult()!.Outcome);
    }

    [Fact]
    public async Task GetResponse_SameWordsInOtherConversations_AreDifferentQuestions()
    {
        using var fixture = Fixture((conversation, _) => ValueTask.FromResult<string?>(
            conversation[1].Text.Contains("premium", StringComparison.Ordinal) ? "What does the premium plan cost?" : "When do you serve Paris?"));

        await fixture.AskAsync(Premium);
        var other = await fixture.AskAsync(Paris);

        Assert.False(other.GetSemanticCacheResult()!.IsHit);
    }

    [Fact]
    public async Task GetResponse_ModelIsAsked_WithTheConversationAsItWas()
    {
        using var fixture = Fixture((_, _) => ValueTask.FromResult<string?>("What does the premium plan cost?"));

        await fixture.AskAsync(Premium);

        Assert.Equal(Premium.Select(message => message.Text), fixture.Inner.Requests[0].Messages.Select(message => message.Text));
    }

    [Fact]
    public async Task GetResponse_FirstTurnOrNamedQuestion_IsNotRewritten()
    {
        using var fixture = Fixture((_, _) => throw new InvalidOperationException("Nobody asked for this."));

        await fixture.AskAsync("How much is premium?");
        var named = await fixture.AskAsync(Premium, new ChatOptions().WithSemanticCache(request => request.Question = "How much is premium?"));

        Assert.False(named.GetSemanticCacheResult()!.IsHit);
        Assert.DoesNotContain(fixture.Cache.Logs.GetSnapshot(), record => record.Id.Id == Log.QuestionNotRewrittenId);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public async Task GetResponse_CannotBeRewritten_IsMatchedExactly(string? rewritten)
    {
        using var fixture = Fixture((_, _) => ValueTask.FromResult(rewritten));

        await fixture.AskAsync(Premium);
        var again = await fixture.AskAsync(Premium);
        var other = await fixture.AskAsync(Paris);

        Assert.Equal(SemanticCacheOutcome.ExactHit, again.GetSemanticCacheResult()!.Outcome);
        Assert.False(other.GetSemanticCacheResult()!.IsHit);
        Assert.Empty(fixture.Cache.Generator.Batches);
    }

    [Fact]
    public async Task GetResponse_RewriterFails_IsCountedAndMatchedExactly()
    {
        using var fixture = Fixture((_, _) => throw new IOException("What does the premium plan cost?"));
        using var failures = fixture.Cache.Counter("ragcaching.cache.failures");

        await fixture.AskAsync(Premium);
        var again = await fixture.AskAsync(Premium);

        Assert.Equal(SemanticCacheOutcome.ExactHit, again.GetSemanticCacheResult()!.Outcome);
        Assert.Equal("rewrite", failures.LastMeasurement!.Tags["ragcaching.operation"]);
        var warning = Assert.Single(fixture.Cache.Logs.GetSnapshot(), record => record.Id.Id == Log.QuestionNotRewrittenId);
        Assert.DoesNotContain("premium", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetResponse_RewriterHangs_IsMatchedExactlyAfterTheTimeLimit()
    {
        var never = new TaskCompletionSource<string?>();
        using var fixture = Fixture((_, _) => new ValueTask<string?>(never.Task));

        var asked = fixture.AskAsync(Premium);
        Assert.Equal(0, fixture.Inner.Calls);
        fixture.Cache.Time.Advance(fixture.Options.Rewriting.Timeout);

        Assert.False((await asked).GetSemanticCacheResult()!.IsHit);
    }

    [Fact]
    public async Task GetResponse_CallerLeavesWhileRewriting_IsCancelled()
    {
        var never = new TaskCompletionSource<string?>();
        using var fixture = Fixture((_, _) => new ValueTask<string?>(never.Task));
        using var leaving = new CancellationTokenSource();
        var asked = fixture.Client.GetResponseAsync(Premium, cancellationToken: leaving.Token);

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        Assert.Equal(0, fixture.Inner.Calls);
    }

    [Fact]
    public async Task Stream_EnumeratedTwice_IsReadTwice()
    {
        using var fixture = Fixture((_, _) => ValueTask.FromResult<string?>("What does the premium plan cost?"));
        var stream = fixture.Client.GetStreamingResponseAsync(Premium, cancellationToken: Token);

        var first = await stream.ToListAsync(Token);
        var second = await stream.ToListAsync(Token);

        Assert.Equal(SemanticCacheOutcome.Miss, first[0].GetSemanticCacheResult()!.Outcome);
        Assert.Equal(SemanticCacheOutcome.ExactHit, second[0].GetSemanticCacheResult()!.Outcome);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(3_601)]
    public void Client_RewriteTimeoutOutOfRange_IsRefused(int seconds)
    {
        using var fixture = new CacheFixture();
        var options = new SemanticCachingChatClientOptions { Rewriting = { Timeout = TimeSpan.FromSeconds(seconds) } };

        var exception = Assert.Throws<OptionsValidationException>(() => new SemanticCachingChatClient(new TestChatClient(), fixture.Cache, options));

        Assert.Contains("Rewriting.Timeout", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChatClientRewriter_AsksTheModelPastItsCache_AndUsesItsText()
    {
        using var model = new TestChatClient { ResponseCallback = (_, _, _) => Task.FromResult(CacheFixture.Answer(" What does the premium plan cost?\n")) };
        using var cache = new CacheFixture();
        using var cached = new SemanticCachingChatClient(model, cache.Cache);
        var rewriter = new ChatClientQuestionRewriter(cached);

        Assert.Equal("What does the premium plan cost?", await rewriter.RewriteAsync(Premium, Token));
        Assert.Equal("What does the premium plan cost?", await rewriter.RewriteAsync(Premium, Token));

        Assert.Equal(2, model.Calls);
        Assert.Empty(cache.Store.Written);
        Assert.Null(model.Requests[0].Options!.AdditionalProperties);
    }

    [Fact]
    public async Task ChatClientRewriter_LongConversation_SendsTheLastTurnsOnly()
    {
        using var model = new TestChatClient();
        ChatMessage[] conversation =
            [new(ChatRole.System, "A secret."), .. Enumerable.Range(0, 50).Select(i => new ChatMessage(ChatRole.User, $"{i} {new string('x', 400)}")), new(ChatRole.User, "And then?")];

        await new ChatClientQuestionRewriter(model).RewriteAsync(conversation, Token);

        var sent = model.Requests[0].Messages;
        Assert.Equal("And then?", sent[^1].Text);
        Assert.InRange(sent.Skip(1).Sum(message => message.Text.Length), 1, 4_096);
        Assert.DoesNotContain(sent, message => message.Text == "A secret.");
    }

    [Fact]
    public async Task ChatClientRewriter_ReplyThatIsCutOffOrAnEssay_IsNoQuestion()
    {
        var reply = CacheFixture.Answer("What does");
        reply.FinishReason = ChatFinishReason.Length;
        using var model = new TestChatClient { ResponseCallback = (_, _, _) => Task.FromResult(reply) };
        var rewriter = new ChatClientQuestionRewriter(model);

        Assert.Null(await rewriter.RewriteAsync(Premium, Token));
        reply = CacheFixture.Answer(new string('x', 2_000));
        Assert.Null(await rewriter.RewriteAsync(Premium, Token));
    }

    [Fact]
    public async Task UseChatClientQuestionRewriter_TheVeryClientThatIsCached_DoesNotWaitForItself()
    {
        var inner = new TestChatClient
        {
            ResponseCallback = (messages, _, _) => Task.FromResult(CacheFixture.Answer(messages[0].Role == ChatRole.System ? "What does the premium plan cost?" : "Ten.")),
        };
        var services = new ServiceCollection();
        services.AddEmbeddingGenerator(new TestEmbeddingGenerator());
        services.AddChatClient(inner).UseSemanticCache();
        services.AddRagCaching(options => options.ShareAcrossCallers = true).UseChatClientQuestionRewriter();
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<IChatClient>();

        await client.GetResponseAsync("What does the premium plan cost?", cancellationToken: Token);
        var followUp = await client.GetResponseAsync(Premium, cancellationToken: Token);

        Assert.Equal(SemanticCacheOutcome.SemanticHit, followUp.GetSemanticCacheResult()!.Outcome);
        Assert.Equal(2, inner.Calls);
    }

    private static ChatMessage[] Conversation(string first, string answer, string second) =>
        [new(ChatRole.User, first), new(ChatRole.Assistant, answer), new(ChatRole.User, second)];

    private static ChatClientFixture Fixture(Func<IReadOnlyList<ChatMessage>, CancellationToken, ValueTask<string?>> rewrite) =>
        new(new SemanticCachingChatClientOptions { Rewriting = { Rewriter = new Rewriter(rewrite) } });

    private sealed class Rewriter(Func<IReadOnlyList<ChatMessage>, CancellationToken, ValueTask<string?>> rewrite) : IQuestionRewriter
    {
        public ValueTask<string?> RewriteAsync(IReadOnlyList<ChatMessage> conversation, CancellationToken cancellationToken = default) => rewrite(conversation, cancellationToken);
    }
}
