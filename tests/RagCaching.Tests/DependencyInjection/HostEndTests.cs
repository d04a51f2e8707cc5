using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using RagCaching.Chaos.Clocks;
using RagCaching.Chaos.Models;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.DependencyInjection;

/// <summary>What is left when a host has ended.</summary>
public sealed class HostEndTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Dispose_AfterQuestionsWereAnswered_LeavesNoTimer(bool isShared)
    {
        var clock = new ChaosClock(new FakeTimeProvider());
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(clock);
        services.AddDistributedMemoryCache();
        services.AddSingleton<IQuestionRewriter>(new Rewriter());
        var builder = services.AddRagCaching(static options => options.ShareAcrossCallers = true);
        if (isShared)
        {
            builder.UseVectorJournal(_ => new MemoryJournal(new MemoryJournal.Place(), clock));
        }

        services.AddEmbeddingGenerator(new ChaosEmbeddingGenerator("model", 8, VectorOf, Taking())).UseEmbeddingCache();
        services.AddChatClient(new ChaosChatClient(static (_, _) => [new ChatResponseUpdate(ChatRole.Assistant, "An answer.") { FinishReason = ChatFinishReason.Stop }], Taking())).UseSemanticCache();
        await using (var provider = services.BuildServiceProvider())
        {
            var client = provider.GetRequiredService<IChatClient>();
            ChatMessage[] dialogue = [new(ChatRole.User, "How long may parcels take?"), new(ChatRole.Assistant, "Three days."), new(ChatRole.User, "And letters?")];
            await client.GetResponseAsync("How long may letters take?", cancellationToken: Token);
            await client.GetResponseAsync(dialogue, cancellationToken: Token);
            Assert.NotEqual(0, clock.LiveTimers);
        }

        // A wait of the journal that nobody waits for any more may still be ending. The clock stands still: what is not ended by somebody never rings.
        await Eventually.HoldsAsync(() => clock.LiveTimers == 0, "The end of the last timer");
    }

    [Fact]
    public async Task GetOrCreate_HostHasEndedBeforeTheFirstCall_AnswersAsWithoutACache()
    {
        var services = new ServiceCollection();
        services.AddEmbeddingGenerator(new TestEmbeddingGenerator());
        services.AddRagCaching(static options => options.ShareAcrossCallers = true);
        ISemanticCache cache;
        await using (var provider = services.BuildServiceProvider())
        {
            cache = provider.GetRequiredService<ISemanticCache>();
        }

        var result = await cache.GetOrCreateAsync(new SemanticCacheQuery("Where?") { Scope = CacheScope.Shared }, static (_, _) => Task.FromResult(Answer()), Token);

        Assert.Equal((SemanticCacheOutcome.Miss, "Here."), (result.Outcome, result.Response!.Text));
    }

    [Fact]
    public async Task GetOrCreate_PartsOfTheHostCannotBeMade_AnswersAndServesNothing()
    {
        var services = new ServiceCollection();
        services.AddEmbeddingGenerator(new TestEmbeddingGenerator());
        services.AddSingleton<IAnswerModerator>(static _ => throw new InvalidOperationException("No moderator."));
        services.AddSingleton<IAnswerLifetime>(static _ => throw new InvalidOperationException("No lifetime."));
        services.AddRagCaching(static options => options.ShareAcrossCallers = true);
        await using var provider = services.BuildServiceProvider();
        var cache = provider.GetRequiredService<ISemanticCache>();

        var first = await cache.GetOrCreateAsync("Where?", static (_, _) => Task.FromResult(Answer()), Token);
        var second = await cache.GetOrCreateAsync("Where?", static (_, _) => Task.FromResult(Answer()), Token);

        Assert.Equal((SemanticCacheOutcome.Miss, "Here."), (first.Outcome, first.Response!.Text));
        Assert.Equal((SemanticCacheOutcome.Miss, SemanticCacheReason.Moderator, "Here."), (second.Outcome, second.Reason, second.Response!.Text));
    }

    [Fact]
    public async Task GetOrCreate_PartOfTheHostCouldNotBeMadeOnce_IsMadeWithTheNextCall()
    {
        var canBeMade = false;
        var services = new ServiceCollection();
        services.AddEmbeddingGenerator(new TestEmbeddingGenerator());
        services.AddSingleton<IAnswerModerator>(_ => canBeMade ? new AllowingModerator() : throw new InvalidOperationException("Not yet."));
        services.AddRagCaching(static options => options.ShareAcrossCallers = true);
        await using var provider = services.BuildServiceProvider();
        var cache = provider.GetRequiredService<ISemanticCache>();
        var outcomes = new List<SemanticCacheOutcome>();
        for (var i = 0; i < 3; i++)
        {
            canBeMade = i == 2;
            outcomes.Add((await cache.GetOrCreateAsync("Where?", static (_, _) => Task.FromResult(Answer()), Token)).Outcome);
        }

        Assert.Equal([SemanticCacheOutcome.Miss, SemanticCacheOutcome.Miss, SemanticCacheOutcome.ExactHit], outcomes);
    }

    private static ChatResponse Answer() => new(new ChatMessage(ChatRole.Assistant, "Here.")) { FinishReason = ChatFinishReason.Stop };

    private static float[] VectorOf(string text) => [1, text.Length, 0, 0, 0, 0, 0, 1];

    // What takes no time at all needs no limit, and so no timer.
    private static FaultPlan Taking() => new() { Before = static async _ => await Task.Yield() };

    private sealed class Rewriter : IQuestionRewriter
    {
        public async ValueTask<string?> RewriteAsync(IReadOnlyList<ChatMessage> conversation, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            return "How long may letters take?";
        }
    }

    private sealed class AllowingModerator : IAnswerModerator
    {
        public ValueTask<bool> MayServeAsync(ChatResponse response, CancellationToken cancellationToken) => ValueTask.FromResult(true);
    }
}
