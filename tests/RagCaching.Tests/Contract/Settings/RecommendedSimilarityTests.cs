using Microsoft.Extensions.AI;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Contract.Settings;

public sealed class RecommendedSimilarityTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("all-MiniLM-L6-v2", 0.90f)]
    [InlineData("sentence-transformers/all-MiniLM-L6-v2", 0.90f)]
    [InlineData("all-minilm:latest", 0.90f)]
    [InlineData("library/all-minilm:33m", 0.90f)]
    [InlineData("all-MiniLM-L6-v2@0a1b2c3d", 0.90f)]
    [InlineData("snowflake-arctic-embed-xs", 0.98f)]
    [InlineData("Snowflake/snowflake-arctic-embed-xs", 0.98f)]
    [InlineData("snowflake-arctic-embed-s", null)]
    [InlineData("text-embedding-3-small", null)]
    [InlineData("all-MiniLM-L6-v2-int8@0a1b2c3d", 0.90f)]
    [InlineData("all-MiniLM-L6-v2-uint8", null)]
    [InlineData(":", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void For_ModelId_IsReadAsProvidersWriteIt(string? modelId, float? expected) => Assert.Equal(expected, RecommendedSimilarity.For(modelId));

    [Theory]
    [InlineData("all-MiniLM-L6-v2", null, SemanticCacheOutcome.SemanticHit)]
    [InlineData("all-MiniLM-L6-v2", 0.95f, SemanticCacheOutcome.Miss)]
    [InlineData("test-model", null, SemanticCacheOutcome.Miss)]
    [InlineData("test-model", 0.90f, SemanticCacheOutcome.SemanticHit)]
    public async Task Cache_ThresholdNotConfigured_TakesThatOfTheModel(string model, float? configured, SemanticCacheOutcome expected)
    {
        using var fixture = new CacheFixture(options => options.MinimumSimilarity = configured);
        using var generator = new TestEmbeddingGenerator
        {
            Metadata = new EmbeddingGeneratorMetadata("test", null, model, 2),
            Vector = text => text == "How high is it?" ? [1, 0] : [0.92f, MathF.Sqrt(1 - (0.92f * 0.92f))],
        };
        using var cache = fixture.NewCache(generator);
        await cache.StoreAsync(new SemanticCacheQuery("How high is it?"), CacheFixture.Answer("an answer"), Token);

        Assert.Equal(expected, (await cache.LookupAsync(new SemanticCacheQuery("What is its height?"), Token)).Outcome);
    }

    [Theory]
    [InlineData("all-MiniLM-L6-v2", null, false, 2018, "0.9 on, which is recommended for the embedding model all-MiniLM-L6-v2")]
    [InlineData("test-model", null, false, 2019, "0.95 on, the default for embedding models that were not measured (test-model)")]
    [InlineData(null, null, false, 2019, "(unknown)")]
    [InlineData("all-MiniLM-L6-v2", 0.97f, false, 2017, "0.97 on, as configured")]
    [InlineData("all-MiniLM-L6-v2", 0.97f, true, 2020, "no more than 0.02 wrong answers")]
    public void Cache_Start_SaysWhichThresholdIsInForceAndWhereItComesFrom(string? model, float? configured, bool hasBudget, int id, string said)
    {
        using var fixture = new CacheFixture(options =>
        {
            options.MinimumSimilarity = configured;
            options.ErrorBudget = hasBudget ? new ErrorBudgetOptions() : null;
        });
        using var generator = new TestEmbeddingGenerator { Metadata = new EmbeddingGeneratorMetadata("test", null, model, 2) };
        fixture.Logs.Clear();
        using var cache = fixture.NewCache(generator);

        var record = Assert.Single(fixture.Logs.GetSnapshot(), log => log.Id.Id is >= 2017 and <= 2020);
        Assert.Equal(id, record.Id.Id);
        Assert.Contains(said, record.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("snowflake-arctic-embed-xs", 0.95f, null, false, true)]
    [InlineData("snowflake-arctic-embed-xs", 0.98f, null, false, false)]
    [InlineData("snowflake-arctic-embed-xs", null, null, false, false)]
    [InlineData("snowflake-arctic-embed-xs", 0.95f, null, true, false)]
    [InlineData("all-MiniLM-L6-v2", 0.97f, 0.85f, false, true)]
    [InlineData("test-model", 0.5f, null, false, false)]
    public void Cache_StartBelowTheRecommendedThreshold_Warns(string model, float? configured, float? ofAScope, bool hasBudget, bool warns)
    {
        using var fixture = new CacheFixture(options =>
        {
            options.MinimumSimilarity = configured;
            options.ErrorBudget = hasBudget ? new ErrorBudgetOptions() : null;
            if (ofAScope is { } similarity)
            {
                options.ScopeThresholds.Add(new ScopeThreshold { Scope = { "other" }, MinimumSimilarity = similarity });
            }
        });
        using var generator = new TestEmbeddingGenerator { Metadata = new EmbeddingGeneratorMetadata("test", null, model, 2) };
        fixture.Logs.Clear();
        using var cache = fixture.NewCache(generator);

        Assert.Equal(warns, fixture.Logs.GetSnapshot().Any(record => record.Id.Id == 2024 && record.Level == Microsoft.Extensions.Logging.LogLevel.Warning));
    }
}
