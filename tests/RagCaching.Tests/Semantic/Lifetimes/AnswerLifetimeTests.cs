using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.Lifetimes;

public sealed class AnswerLifetimeTests
{
    private const string Question = "What is a cache?";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hook_IsToldTheFacts_AndItsTimeHolds()
    {
        AnswerFacts? told = null;
        using var fixture = new CacheFixture();
        var cache = CacheWith(fixture, facts =>
        {
            told = facts;
            return AnswerLifetime.For(TimeSpan.FromMinutes(1));
        });

        await cache.GetOrCreateAsync(
            new SemanticCacheQuery(Question) { Tags = ["faq"], TimeToLive = TimeSpan.FromHours(2) },
            _ => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "A memory.")) { FinishReason = ChatFinishReason.Stop, ModelId = "model-x" }),
            Token);

        Assert.Equal((Question, "A memory.", TimeSpan.FromHours(2), "model-x", ChatFinishReason.Stop), (told!.Question, told.Text, told.TimeToLive, told.ModelId, told.FinishReason));
        Assert.Equal(["faq"], told.Tags);
        Assert.Empty(told.Tools);
        Assert.True((await cache.LookupAsync(Question, Token)).IsHit);
        fixture.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.False((await cache.LookupAsync(Question, Token)).IsHit);
    }

    [Fact]
    public async Task Hook_ExactOnly_IsNotServedByMeaning()
    {
        using var fixture = new CacheFixture();
        fixture.SameMeaning(Question, "What's a cache?");
        var cache = CacheWith(fixture, _ => AnswerLifetime.ExactOnly());
        await StoreAsync(cache);

        Assert.Equal(SemanticCacheOutcome.ExactHit, (await cache.LookupAsync(Question, Token)).Outcome);
        Assert.Equal(SemanticCacheOutcome.Miss, (await cache.LookupAsync("What's a cache?", Token)).Outcome);
    }

    [Fact]
    public async Task Hook_DoNotStore_IsCountedAndReturned()
    {
        using var fixture = new CacheFixture();
        using var refusals = fixture.Counter("ragcaching.cache.refusals");
        var cache = CacheWith(fixture, _ => AnswerLifetime.DoNotStore);

        Assert.Equal("A memory.", (await StoreAsync(cache)).Response!.Text);

        Assert.Empty(fixture.Store.Written);
        Assert.Equal("Lifetime", Assert.Single(refusals.GetMeasurementSnapshot()).Tags["ragcaching.cache.refusal.reason"]);
    }

    [Fact]
    public async Task Hook_Fails_IsCountedAndTheDefaultHolds()
    {
        using var fixture = new CacheFixture();
        using var failures = fixture.Counter("ragcaching.cache.failures");
        var cache = CacheWith(fixture, _ => throw new InvalidOperationException("A text of a user"));
        await StoreAsync(cache);

        Assert.True((await cache.LookupAsync(Question, Token)).IsHit);
        Assert.Equal("lifetime", Assert.Single(failures.GetMeasurementSnapshot()).Tags["ragcaching.operation"]);
        Assert.DoesNotContain(fixture.Logs.GetSnapshot(), record => record.Message.Contains("A text of a user", StringComparison.Ordinal) || record.Exception is not null);
    }

    [Fact]
    public async Task Hooks_Several_TheFirstWithAnOpinionDecides()
    {
        using var fixture = new CacheFixture();
        fixture.Services.Add<IEnumerable<IAnswerLifetime>>([
            new Hook(_ => AnswerLifetime.Default), new Hook(_ => AnswerLifetime.For(TimeSpan.FromMinutes(1))), new Hook(_ => AnswerLifetime.DoNotStore)]);
        using var cache = new SemanticCache(fixture.Generator, fixture.Store, fixture.Options, fixture.Services);
        await StoreAsync(cache);

        Assert.Equal(TimeSpan.FromMinutes(1), LifeOf(fixture));
    }

    [Fact]
    public async Task Stream_Hook_IsAskedAtItsEnd()
    {
        using var fixture = new CacheFixture();
        var cache = CacheWith(fixture, facts => facts.Text == "A memory." && facts.FinishReason == ChatFinishReason.Stop ? AnswerLifetime.For(TimeSpan.FromMinutes(1)) : AnswerLifetime.DoNotStore);

        await foreach (var text in cache.GetOrStreamTextAsync(Question, _ => new[] { "A ", "memory." }.ToAsyncEnumerable(), Token))
        {
            Assert.NotEmpty(text);
        }

        Assert.Equal(TimeSpan.FromMinutes(1), LifeOf(fixture));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(3651)]
    public void For_TimeOutOfRange_ThrowsWithTheValue(int days)
    {
        var time = TimeSpan.FromDays(days);

        Assert.Equal(time, Assert.Throws<ArgumentOutOfRangeException>(() => AnswerLifetime.For(time)).ActualValue);
        Assert.Equal(time, Assert.Throws<ArgumentOutOfRangeException>(() => AnswerLifetime.ExactOnly(time)).ActualValue);
    }

    [Fact]
    public async Task AddAnswerLifetime_RegisteredHook_IsUsed()
    {
        var services = new ServiceCollection();
        services.AddEmbeddingGenerator(new TestEmbeddingGenerator());
        services.AddRagCaching(options => options.ShareAcrossCallers = true).AddAnswerLifetime<NeverStore>();
        await using var provider = services.BuildServiceProvider();
        var cache = provider.GetRequiredService<ISemanticCache>();

        Assert.Null((await StoreAsync(cache)).EntryId);
    }

    private static SemanticCache CacheWith(CacheFixture fixture, Func<AnswerFacts, AnswerLifetime> decide)
    {
        fixture.Services.Add<IEnumerable<IAnswerLifetime>>([new Hook(decide)]).Add<IEnumerable<IMatchGuard>>([new TestGuard((_, _) => true)]);
        return new SemanticCache(fixture.Generator, fixture.Store, fixture.Options, fixture.Services);
    }

    private static TimeSpan LifeOf(CacheFixture fixture)
    {
        var entry = Assert.Single(fixture.Store.Written);
        return entry.ExpiresAt - entry.CreatedAt;
    }

    private static async Task<SemanticCacheResult> StoreAsync(ISemanticCache cache) => await cache.GetOrCreateAsync(Question, _ => Task.FromResult(CacheFixture.Answer("A memory.")), Token);

    private sealed class Hook(Func<AnswerFacts, AnswerLifetime> decide) : IAnswerLifetime
    {
        public AnswerLifetime Decide(AnswerFacts facts) => decide(facts);
    }

    private sealed class NeverStore : IAnswerLifetime
    {
        public AnswerLifetime Decide(AnswerFacts facts) => AnswerLifetime.DoNotStore;
    }
}
