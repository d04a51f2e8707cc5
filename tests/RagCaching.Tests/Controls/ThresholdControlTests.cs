using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Controls;

/// <summary>Of two questions with a similarity between 0.80 and 0.97.</summary>
public sealed class ThresholdControlTests
{
    private const string Question = "What is a cache?";
    private const string Near = "What would a cache be?";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("legal", null, null, true)]
    [InlineData("other", null, null, false)]
    [InlineData(null, "faq", null, true)]
    [InlineData(null, "faq", "TEST-MODEL", true)]
    [InlineData(null, null, "test-model", true)]
    [InlineData(null, null, "other-model", false)]
    public async Task Rule_HoldsForPartitionTagAndModel(string? partition, string? tag, string? model, bool isServed)
    {
        using var fixture = Fixture(options => options.Thresholds.Add(new ThresholdRule { Partition = partition, Tag = tag, EmbeddingModel = model, MinimumSimilarity = 0.7f }));

        Assert.Equal(isServed, await IsServedAsync(fixture, new SemanticCacheQuery(Near) { Partition = "legal", Tags = ["faq"] }));
    }

    [Fact]
    public async Task Rules_SeveralHold_TheLastCountsAndThatOfTheScopeGoesBefore()
    {
        var query = new SemanticCacheQuery(Near) { Partition = "legal", Tags = ["faq"] };
        using var strict = Fixture(options =>
        {
            options.Thresholds.Add(new ThresholdRule { Partition = "legal", MinimumSimilarity = 0.7f });
            options.Thresholds.Add(new ThresholdRule { Tag = "faq", MinimumSimilarity = 0.99f });
        });
        Assert.False(await IsServedAsync(strict, query));

        using var ofTheScope = Fixture(options =>
        {
            options.Thresholds.Add(new ThresholdRule { Tag = "faq", MinimumSimilarity = 0.99f });
            options.SetMinimumSimilarity(CacheScope.Shared, 0.7f);
        });
        Assert.True(await IsServedAsync(ofTheScope, query));
    }

    [Fact]
    public async Task LowerThreshold_OfAQuery_HoldsAsFarAsTheOwnerAllows()
    {
        var query = new SemanticCacheQuery(Near) { Partition = "legal", MinimumSimilarity = -1 };
        using var forbidden = Fixture(_ => { });
        Assert.False(await IsServedAsync(forbidden, query));

        using var allowed = Fixture(options => options.AllowLowerThreshold = 0.7f);
        Assert.True(await IsServedAsync(allowed, query));

        using var notSoFar = Fixture(options => options.AllowLowerThreshold = 0.98f);
        Assert.False(await IsServedAsync(notSoFar, query));
    }

    [Fact]
    public async Task Thresholds_InConfiguration_AreReloadedAndWrongOnesLeaveTheOldInForce()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [new("ShareAcrossCallers", "true"), new("MinimumSimilarity", "0.98"), new("Thresholds:0:Partition", "legal"), new("Thresholds:0:MinimumSimilarity", "0.99"), new("AllowLowerThreshold", "0.99")]).Build();
        using var fixture = Fixture(_ => { });
        var services = new ServiceCollection();
        services.AddEmbeddingGenerator(fixture.Generator);
        services.AddLogging(logging => logging.AddProvider(new Microsoft.Extensions.Logging.Testing.FakeLoggerProvider(fixture.Logs)));
        services.AddRagCaching().BindConfiguration(configuration).ConfigureLexicalGuard(guard => guard.Enabled = false);
        await using var provider = services.BuildServiceProvider();
        var cache = provider.GetRequiredService<ISemanticCache>();
        var query = new SemanticCacheQuery(Near) { Partition = "legal" };
        await cache.StoreAsync(new SemanticCacheQuery(Question) { Partition = "legal" }, CacheFixture.Answer("a"), Token);
        Assert.False((await cache.LookupAsync(query, Token)).IsHit);

        configuration["Thresholds:0:MinimumSimilarity"] = "0.7";
        configuration.Reload();
        Assert.True((await cache.LookupAsync(query, Token)).IsHit);

        configuration["Thresholds:0:MinimumSimilarity"] = "1.5";

        // The options monitor, which is not the library's, throws as well.
        _ = Record.Exception(configuration.Reload);
        Assert.True((await cache.LookupAsync(query, Token)).IsHit);
        var said = Assert.Single(fixture.Logs.GetSnapshot(), record => record.Id.Id == 2042);
        Assert.Contains("Thresholds:0:MinimumSimilarity", said.Message, StringComparison.Ordinal);
        Assert.Contains("1.5", said.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tag", 1.5f)]
    [InlineData("tag", float.NaN)]
    [InlineData(null, 0.9f)]
    public void Rule_OutOfRangeOrWithoutACondition_IsRefused(string? tag, float similarity)
    {
        var options = new SemanticCacheOptions();
        options.Thresholds.Add(new ThresholdRule { Tag = tag, MinimumSimilarity = similarity });
        using var store = new InMemoryVectorStore();

        var exception = Assert.Throws<OptionsValidationException>(() => new SemanticCache(new TestEmbeddingGenerator(), store, options));

        Assert.Contains(nameof(SemanticCacheOptions.Thresholds), exception.Message, StringComparison.Ordinal);
    }

    private static CacheFixture Fixture(Action<SemanticCacheOptions> configure)
    {
        var fixture = new CacheFixture(options =>
        {
            options.MinimumSimilarity = 0.98f;
            configure(options);
        });
        fixture.NearMeaning(Near, Question, 0.4f);
        return fixture;
    }

    private static async Task<bool> IsServedAsync(CacheFixture fixture, SemanticCacheQuery query)
    {
        await fixture.Cache.StoreAsync(new SemanticCacheQuery(Question) { Partition = query.Partition, Tags = query.Tags }, CacheFixture.Answer("a"), Token);
        return (await fixture.Cache.LookupAsync(query, Token)).IsHit;
    }
}
