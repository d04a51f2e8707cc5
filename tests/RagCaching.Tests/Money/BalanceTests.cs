using Microsoft.Extensions.AI;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using RagCaching.Money;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Money;

public sealed class BalanceTests : IDisposable
{
    private const string Question = "What is a cache?";

    private readonly MoneyFixture _fixture = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Balance_OneMissAndTwoHits_HasWhatTheHitsSavedAndTheEmbeddingsSpent()
    {
        for (var i = 0; i < 3; i++)
        {
            await _fixture.AskAsync(Question);
        }

        var balance = _fixture.Balance;
        Assert.Equal(3, balance.Requests);
        Assert.Equal(new ModelUse(2, 200, 20, 0.3m), balance.Saved);
        Assert.Equal(new ModelUse(1, 1, 0, 0.0001m), balance.Spent);
        Assert.Equal(balance.Spent, balance.SpentFor(SpendingPurpose.Embedding));
        Assert.Equal(0.2999m, balance.NetBenefit);
        Assert.Equal([MoneyFixture.Model, MoneyFixture.EmbeddingModel], balance.Models.Select(model => model.Model));
    }

    [Fact]
    public async Task Balance_ByScope_IsThatOfTheScopeAlone()
    {
        var scope = CacheScope.For("tenant");
        await _fixture.AskAsync(Question);
        for (var i = 0; i < 2; i++)
        {
            await _fixture.AskAsync(new SemanticCacheQuery(Question) { Scope = scope });
        }

        Assert.Equal(new ModelUse(1, 100, 10, 0.15m), _fixture.Inner.Cache.GetStatistics(scope).ScopeBalance!.Saved);
        Assert.Equal(2, _fixture.Inner.Cache.GetStatistics(scope).ScopeBalance!.Requests);
        Assert.Null(_fixture.Inner.Cache.GetStatistics(CacheScope.For("nobody")).ScopeBalance);
        Assert.Null(_fixture.Statistics.ScopeBalance);
        Assert.Equal(3, _fixture.Balance.Requests);
    }

    [Fact]
    public async Task Balance_JoinedAnswers_AreSavedWholeAndStreamed()
    {
        var model = new TaskCompletionSource<ChatResponse>();
        var first = _fixture.Inner.Cache.GetOrCreateAsync(Question, (_, _) => model.Task, Token).AsTask();
        var second = _fixture.Inner.Cache.GetOrCreateAsync(Question, (_, _) => model.Task, Token).AsTask();
        model.SetResult(MoneyFixture.Answer("a"));
        await Task.WhenAll(first, second);
        Assert.Equal(new ModelUse(1, 100, 10, 0.15m), _fixture.Balance.Saved);

        var stream = new StreamDouble();
        var (one, other) = (await StreamAsync(stream), await StreamAsync(stream));
        var reading = one.ToChatResponseAsync(Token);
        var call = await stream.NextCallAsync();
        var joining = other.ToChatResponseAsync(Token);
        call.Write("text");
        call.Finish();
        await Task.WhenAll(reading, joining);
        Assert.Equal(SemanticCacheOutcome.Joined, other.Result.Outcome);
        Assert.Equal(2, _fixture.Balance.Saved.Calls);
        Assert.Equal((103, 14), (_fixture.Balance.Saved.InputTokens, _fixture.Balance.Saved.OutputTokens));
    }

    [Fact]
    public async Task Balance_VerifierThatAsksAModel_IsSpentForVerification()
    {
        var client = new TestChatClient { ResponseCallback = (_, _, _) => Task.FromResult(MoneyFixture.Answer("YES")) };
        _fixture.Inner.Verifiers.Add(new ChatClientVerifier(client));
        _fixture.Inner.SameMeaning(Question, "What, please, is a cache?");
        await _fixture.AskAsync(Question);

        Assert.Equal(SemanticCacheOutcome.SemanticHit, (await _fixture.AskAsync("What, please, is a cache?")).Outcome);

        Assert.Equal(new ModelUse(1, 100, 10, 0.15m), _fixture.Balance.SpentFor(SpendingPurpose.Verification));
        Assert.Equal(_fixture.Balance.Saved.Cost - 0.15m - 0.0002m, _fixture.Balance.NetBenefit);
    }

    [Fact]
    public async Task Balance_VerifierOfTheHost_ReportsWhatItSpent()
    {
        _fixture.Inner.Verifiers.Add(new TestVerifier((_, _) =>
        {
            ModelSpending.Report(MoneyFixture.Model, new UsageDetails { InputTokenCount = 7 });
            return new(true);
        }));
        _fixture.Inner.SameMeaning(Question, "What, please, is a cache?");
        await _fixture.AskAsync(Question);
        await _fixture.AskAsync("What, please, is a cache?");
        ModelSpending.Report(MoneyFixture.Model, new UsageDetails { InputTokenCount = 1_000 });

        Assert.Equal(new ModelUse(1, 7, 0, 0.007m), _fixture.Balance.SpentFor(SpendingPurpose.Verification));
    }

    [Fact]
    public async Task Balance_FactoryThatUsesModels_IsTheHostsOwnAffair()
    {
        await _fixture.Inner.Cache.GetOrCreateAsync(
            Question,
            (_, _) =>
            {
                ModelSpending.Report(MoneyFixture.Model, new UsageDetails { InputTokenCount = 7 });
                return Task.FromResult(MoneyFixture.Answer("a"));
            },
            Token);

        Assert.Equal(SpendingPurpose.Embedding, Assert.Single(_fixture.Balance.Models.SelectMany(model => model.Spent)).Key);
    }

    [Fact]
    public async Task Balance_CachedEmbedder_SpendsOnlyWhereTheGeneratorIsCalled()
    {
        using var embedder = new CachedEmbedder(_fixture.Inner.Generator, services: _fixture.Inner.Services);
        await embedder.GenerateVectorAsync("known", cancellationToken: Token);
        var cache = new SemanticCache(embedder, _fixture.Inner.Store, _fixture.Inner.Options, _fixture.Inner.Services);
        await cache.LookupAsync("known", Token);
        Assert.Equal(0, cache.GetStatistics().Balance!.Spent.Calls);

        await cache.LookupAsync("unknown", Token);
        await cache.LookupAsync("unknown", Token);

        Assert.Equal(new ModelUse(1, 1, 0, 0.0001m), cache.GetStatistics().Balance!.Spent);
    }

    [Fact]
    public async Task Metrics_SavedAndSpent_HaveNoScope()
    {
        using var saved = new MetricCollector<double>(_fixture.Inner.Meters, RagCachingDiagnostics.MeterName, "ragcaching.cache.saved.cost");
        using var spent = new MetricCollector<double>(_fixture.Inner.Meters, RagCachingDiagnostics.MeterName, "ragcaching.cache.spent.cost");
        using var net = new MetricCollector<double>(_fixture.Inner.Meters, RagCachingDiagnostics.MeterName, "ragcaching.cache.net_benefit");
        using var calls = _fixture.Inner.Counter("ragcaching.cache.spent.calls");
        using var tokens = _fixture.Inner.Counter("ragcaching.cache.spent.tokens");
        await _fixture.AskAsync(Question);
        await _fixture.AskAsync(Question);

        Assert.Equal(0.15, Assert.Single(saved.GetMeasurementSnapshot()).Value, 6);
        Assert.Equal(0.0001, Assert.Single(spent.GetMeasurementSnapshot()).Value, 6);
        Assert.Equal(0.1499, net.GetMeasurementSnapshot().Sum(measurement => measurement.Value), 6);
        Assert.Equal(1, tokens.GetMeasurementSnapshot().Sum(measurement => measurement.Value));
        Assert.Equal(
            [("gen_ai.request.model", "test-model"), ("ragcaching.cache.name", "default"), ("ragcaching.cache.spent.purpose", "Embedding")],
            Assert.Single(calls.GetMeasurementSnapshot()).Tags.Select(tag => (tag.Key, (string)tag.Value!)).Order());
    }

    [Fact]
    public async Task Accounts_OfManyScopes_TheOldestIsForgottenAndStaysInTheSum()
    {
        for (var i = 0; i <= CacheLedger.MostScopes; i++)
        {
            await _fixture.Inner.Cache.LookupAsync(new SemanticCacheQuery(Question) { Scope = CacheScope.For($"tenant {i}") }, Token);
        }

        Assert.Null(_fixture.Inner.Cache.GetStatistics(CacheScope.For("tenant 0")).ScopeBalance);
        Assert.Equal(1, _fixture.Inner.Cache.GetStatistics(CacheScope.For("tenant 1")).ScopeBalance!.Requests);
        Assert.Equal((1, CacheLedger.MostScopes + 1), (_fixture.Statistics.ForgottenScopes, _fixture.Balance.Requests));
    }

    [Fact]
    public async Task Scope_ThatCostsMoreThanItSaves_IsSaidOnce()
    {
        var scope = CacheScope.For("tenant");
        for (var i = 0; i < (2 * CacheLedger.RequestsToJudge) - 1; i++)
        {
            await _fixture.Inner.Cache.LookupAsync(new SemanticCacheQuery($"question {i}") { Scope = scope }, Token);
            await _fixture.AskAsync(Question);
        }

        var said = Assert.Single(_fixture.Inner.Logs.GetSnapshot(), record => record.Id.Id == 2303);
        Assert.Contains("in 200 requests it saved 0 and spent 0.02", said.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("tenant", said.Message, StringComparison.Ordinal);
    }

    private async Task<SemanticCacheStreamingResult> StreamAsync(StreamDouble model) => await _fixture.Inner.Cache.GetOrStreamAsync("Another question", model.StreamAsync, Token);
}
