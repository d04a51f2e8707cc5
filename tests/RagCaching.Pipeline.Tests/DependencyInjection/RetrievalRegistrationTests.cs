using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RagCaching.Pipeline.Tests.TestDoubles;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Pipeline.Tests.DependencyInjection;

public sealed class RetrievalRegistrationTests
{
    private const string Question = "Who pays?";

    private readonly RetrieverDouble _retriever = new("documents");
    private readonly RerankerDouble _reranker = new();

    public RetrievalRegistrationTests() => _retriever.Chunks.AddRange([RetrieverDouble.Chunk("c1"), RetrieverDouble.Chunk("c2")]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, true)]
    [InlineData("faq", true)]
    [InlineData("faq", false)]
    public async Task ConfigureRetrievalCache_Host_KeepsChunksAndSharesThemAsAnswersAreShared(string? key, bool shares)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(new TestEmbeddingGenerator());
        services.AddSingleton<IChatClient>(new TestChatClient());
        void Configure(SemanticCacheOptions options) => options.ShareAcrossCallers = shares;
        var builder = key is null ? services.AddRagCaching(Configure) : services.AddKeyedRagCaching(key, Configure);
        builder.AddRagPipeline().AddRetriever(_ => _retriever).UseReranker(_ => _reranker).ConfigureRetrievalCache(options => options.MaxEntries = 7);
        await using var provider = services.BuildServiceProvider();
        var pipeline = key is null ? provider.GetRequiredService<RagPipeline>() : provider.GetRequiredKeyedService<RagPipeline>(key);

        await pipeline.AskAsync(Question, PipelineFixture.Personal, Token);
        var answer = await pipeline.AskAsync(Question, PipelineFixture.Personal, Token);

        var expected = shares ? 1 : 2;
        Assert.Equal((expected, expected), (_retriever.Calls, _reranker.Calls));
        Assert.Equal(["c2", "c1"], answer.Chunks.Select(chunk => chunk.Id));
    }

    [Fact]
    public async Task UseReranker_ADelegate_Orders()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(new TestEmbeddingGenerator());
        services.AddSingleton<IChatClient>(new TestChatClient());
        services.AddRagCaching(options => options.ShareAcrossCallers = true).AddRagPipeline().AddRetriever(_ => _retriever)
            .UseReranker("length", (_, chunks, _) => new([.. chunks.Select(chunk => new RerankedChunk(chunk, chunk.Id == "c2" ? 1 : 0.7))]));
        await using var provider = services.BuildServiceProvider();

        Assert.Equal(["c2", "c1"], (await provider.GetRequiredService<RagPipeline>().AskAsync(Question, cancellationToken: Token)).Chunks.Select(chunk => chunk.Id));
    }

    [Theory]
    [InlineData("RetrievalCache:MinimumSimilarity", "1.5", "MinimumSimilarity")]
    [InlineData("RetrievalCache:MaxEntries", "0", "MaxEntries")]
    [InlineData("RetrievalCache:MaxBytes", "0", "MaxBytes")]
    [InlineData("RetrievalCache:TimeToLive", "00:00:00", "RetrievalCache.TimeToLive: Must be positive")]
    [InlineData("Reranking:Timeout", "01:00:01", "Reranking.Timeout: Must be positive and at most 01:00:00, but was 01:00:01")]
    [InlineData("Reranking:TimeToLive", "-00:00:01", "Reranking.TimeToLive: Must be positive")]
    [InlineData("Reranking:MaxEntries", "-1", "MaxEntries")]
    public void BindRagPipelineConfiguration_OutOfRange_NamesTheSetting(string key, string value, string message)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("RagPipeline:" + key, value)]).Build();
        var services = new ServiceCollection();
        services.AddRagCaching().AddRagPipeline().AddRetriever(_ => _retriever).BindRagPipelineConfiguration(configuration.GetSection("RagPipeline"));
        services.AddSingleton<IChatClient>(new TestChatClient());
        using var provider = services.BuildServiceProvider();

        var exception = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptionsMonitor<RagPipelineOptions>>().CurrentValue);

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BindRagPipelineConfiguration_RetrievalCache_IsRead()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["RagPipeline:RetrievalCache:Enabled"] = "true",
            ["RagPipeline:RetrievalCache:ShareAcrossCallers"] = "true",
            ["RagPipeline:RetrievalCache:TimeToLive"] = "00:05:00",
            ["RagPipeline:Reranking:CacheScores"] = "false",
        }).Build();
        var services = new ServiceCollection();
        services.AddRagCaching().AddRagPipeline().AddRetriever(_ => _retriever).BindRagPipelineConfiguration(configuration.GetSection("RagPipeline"));
        services.AddSingleton<IChatClient>(new TestChatClient());
        using var provider = services.BuildServiceProvider();

        var options = provider.GetRequiredService<IOptionsMonitor<RagPipelineOptions>>().CurrentValue;

        Assert.Equal((true, true, TimeSpan.FromMinutes(5), false), (options.RetrievalCache.Enabled, options.RetrievalCache.ShareAcrossCallers, options.RetrievalCache.TimeToLive, options.Reranking.CacheScores));
    }
}
