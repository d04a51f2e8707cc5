using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using RagCaching.Diagnostics;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.Storing;

public sealed class ScaleWatchTests
{
    private const int Enough = 256;

    [Fact]
    public async Task Stored_EnoughQuestions_MeasuresOnceAndChangesNothing()
    {
        using var fixture = new CacheFixture();
        using var store = new InMemoryVectorStore(services: fixture.Services);
        using var cache = fixture.NewCache(store: store);

        await FillAsync(cache, Enough - 1);
        Assert.Null(cache.GetStatistics().SimilarityScale);
        await FillAsync(cache, Enough);
        var scale = cache.GetStatistics().SimilarityScale!;
        await FillAsync(cache, 2 * Enough);

        Assert.Equal(Enough, scale.Questions);
        Assert.InRange(scale.Unrelated, -0.02f, 0.02f);
        Assert.InRange(scale.Spread, 0.11f, 0.14f);
        Assert.InRange(scale.Nearest, 0.3f, 0.4f);
        Assert.Same(scale, cache.GetStatistics().SimilarityScale);
        var message = Assert.Single(fixture.Logs.GetSnapshot(), record => record.Id == Log.SimilarityScaleMeasuredId);
        Assert.Contains("the threshold in force, 0.95, was not changed", message.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(fixture.Logs.GetSnapshot(), record => record.Id == Log.LooseThresholdId);
    }

    [Fact]
    public async Task Stored_AllVectorsPointTheSameWay_WarnsThatTheThresholdIsLoose()
    {
        using var fixture = new CacheFixture();
        using var store = new InMemoryVectorStore(services: fixture.Services);
        using var generator = Narrow();
        using var cache = fixture.NewCache(generator, store);

        await FillAsync(cache, Enough);

        var scale = cache.GetStatistics().SimilarityScale!;
        Assert.InRange(scale.Unrelated, 0.75f, 0.85f);
        Assert.InRange(scale.ProposedSimilarity, 0.97f, 0.995f);
        var message = Assert.Single(fixture.Logs.GetSnapshot(), record => record.Id == Log.LooseThresholdId);
        Assert.Equal(LogLevel.Warning, message.Level);
        Assert.Contains("0.95, is loose for the embedding model test-model", message.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(fixture.Logs.GetSnapshot(), record => record.Id == Log.SimilarityScaleMeasuredId);
    }

    [Fact]
    public async Task Stored_OneScopeHasALooseThreshold_Warns()
    {
        using var fixture = new CacheFixture(options =>
        {
            options.MinimumSimilarity = 0.99f;
            options.ScopeThresholds.Add(new ScopeThreshold { Scope = { "other" }, MinimumSimilarity = 0.8f });
        });
        using var store = new InMemoryVectorStore(services: fixture.Services);
        using var cache = fixture.NewCache(store: store);

        await FillAsync(cache, Enough);

        Assert.Contains("0.8, is loose", Assert.Single(fixture.Logs.GetSnapshot(), record => record.Id == Log.LooseThresholdId).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("all-MiniLM-L6-v2", false, true)]
    [InlineData("unknown-model", true, true)]
    [InlineData("unknown-model", false, false)]
    public async Task Stored_NothingToFindOut_MeasuresNothing(string model, bool hasBudget, bool isOwnStore)
    {
        using var fixture = new CacheFixture(options => options.ErrorBudget = hasBudget ? new ErrorBudgetOptions() : null);
        fixture.Generator.Metadata = new EmbeddingGeneratorMetadata("test", null, model);
        using var store = new InMemoryVectorStore(services: fixture.Services);
        using var cache = fixture.NewCache(store: isOwnStore ? store : fixture.Store);

        await FillAsync(cache, Enough + 1);

        Assert.Null(cache.GetStatistics().SimilarityScale);
    }

    [Fact]
    public async Task Stored_AfterDisposal_MeasuresNothing()
    {
        using var fixture = new CacheFixture();
        using var store = new InMemoryVectorStore(services: fixture.Services);
        var cache = fixture.NewCache(store: store);
        cache.Dispose();

        await FillAsync(cache, Enough + 1);

        Assert.Null(cache.GetStatistics().SimilarityScale);
    }

    private static TestEmbeddingGenerator Narrow() => new()
    {
        Vector = text => [.. TestEmbeddingGenerator.RandomVector(text, 64).Select(static component => component + 1.2f)],
    };

    private static async Task FillAsync(SemanticCache cache, int upTo)
    {
        for (var i = 0; i < upTo; i++)
        {
            await cache.GetOrCreateAsync($"question number {i}", _ => Task.FromResult(CacheFixture.Answer("an answer")), TestContext.Current.CancellationToken);
        }

        await cache.WhenMeasuredAsync();
    }
}
