using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Money;

public sealed class ModelPriceTests
{
    private const string Question = "What is a cache?";

    [Fact]
    public async Task UnknownModel_CostsNothingAndIsSaidOnceByName()
    {
        using var fixture = new MoneyFixture();
        for (var i = 0; i < 4; i++)
        {
            await fixture.AskAsync(Question, model: "mystery");
        }

        Assert.Equal(new ModelUse(3, 300, 30, 0), fixture.Balance.Saved);
        Assert.Equal(3, fixture.Statistics.UnpricedCalls);
        Assert.Contains("'mystery'", Assert.Single(fixture.Inner.Logs.GetSnapshot(), record => record.Id.Id == 2302).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoPrices_TokensAreCountedAndNothingIsSaid()
    {
        using var fixture = new MoneyFixture(options => options.Prices.Clear());
        await fixture.AskAsync(Question);
        await fixture.AskAsync(Question);

        Assert.Equal(new ModelUse(1, 100, 10, 0), fixture.Balance.Saved);
        Assert.Equal(0, fixture.Statistics.UnpricedCalls);
        Assert.DoesNotContain(fixture.Inner.Logs.GetSnapshot(), record => record.Id.Id is 2301 or 2302);
    }

    [Fact]
    public async Task PriceFunction_Throws_IsACountedFaultAndCostsNothing()
    {
        using var fixture = new CacheFixture();
        using var failures = fixture.Counter("ragcaching.cache.failures");
        fixture.Services.Add<IModelPrices>(new Prices(_ => throw new InvalidOperationException("private-text")));
        var cache = new SemanticCache(fixture.Generator, fixture.Store, fixture.Options, fixture.Services);
        await cache.StoreAsync(Question, MoneyFixture.Answer("a"), TestContext.Current.CancellationToken);

        Assert.True((await cache.LookupAsync(Question, TestContext.Current.CancellationToken)).IsHit);

        Assert.Equal(new ModelUse(1, 100, 10, 0), cache.GetStatistics().Balance!.Saved);
        Assert.Equal(2, failures.GetMeasurementSnapshot().Count(failure => (string)failure.Tags["ragcaching.operation"]! == "price"));
        Assert.DoesNotContain("private-text", string.Join('\n', fixture.Logs.GetSnapshot().Select(record => record.Message + record.Exception)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PriceFunction_NegativePrice_IsACountedFault()
    {
        using var fixture = new CacheFixture();
        using var failures = fixture.Counter("ragcaching.cache.failures");
        fixture.Services.Add<IModelPrices>(new Prices(_ => new ModelPrice { InputPerMillionTokens = -1 }));
        var cache = new SemanticCache(fixture.Generator, fixture.Store, fixture.Options, fixture.Services);
        await cache.LookupAsync(Question, TestContext.Current.CancellationToken);

        Assert.Equal(0, cache.GetStatistics().Balance!.Spent.Cost);
        Assert.Equal("negative_price", Assert.Single(failures.GetMeasurementSnapshot()).Tags["error.type"]);
    }

    [Fact]
    public async Task Prices_FromDelegateThenConfiguration_AreReloadedLive()
    {
        var source = new Dictionary<string, string?> { ["Prices:0:Model"] = "CHAT", ["Prices:0:InputPerMillionTokens"] = "1000", ["ShareAcrossCallers"] = "true" };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(source).Build();
        var services = new ServiceCollection();
        services.AddEmbeddingGenerator(new TestEmbeddingGenerator());
        services.AddRagCaching().BindConfiguration(configuration).UseModelPrices(model => model == "test-model" ? new ModelPrice { InputPerMillionTokens = 1_000_000 } : null);
        await using var provider = services.BuildServiceProvider();
        var cache = provider.GetRequiredService<ISemanticCache>();
        var manager = provider.GetRequiredService<ISemanticCacheManager>();
        await cache.StoreAsync(Question, MoneyFixture.Answer("a"), TestContext.Current.CancellationToken);
        await cache.LookupAsync(Question, TestContext.Current.CancellationToken);
        Assert.Equal((0.1m, 1m), (manager.GetStatistics().Balance!.Saved.Cost, manager.GetStatistics().Balance!.Spent.Cost));

        configuration["Prices:0:InputPerMillionTokens"] = "2000";
        configuration.Reload();
        await cache.LookupAsync(Question, TestContext.Current.CancellationToken);

        Assert.Equal(0.3m, manager.GetStatistics().Balance!.Saved.Cost);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("gpt", -1)]
    [InlineData("gpt", 1_000_001)]
    public void Prices_OutOfRange_AreRefusedWithModelAndValue(string model, int price)
    {
        var options = new SemanticCacheOptions();
        options.Prices.Add(new ModelPrice { Model = model, OutputPerMillionTokens = price });
        using var store = new InMemoryVectorStore();

        var exception = Assert.Throws<OptionsValidationException>(() => new SemanticCache(new TestEmbeddingGenerator(), store, options));

        Assert.Contains("Prices", exception.Message, StringComparison.Ordinal);
        Assert.Contains(model.Length == 0 ? "without a model" : $"'gpt' was 0 for input and {price} for output", exception.Message, StringComparison.Ordinal);
    }

    private sealed class Prices(Func<string, ModelPrice?> priceOf) : IModelPrices
    {
        public ModelPrice? PriceOf(string model) => priceOf(model);
    }
}
