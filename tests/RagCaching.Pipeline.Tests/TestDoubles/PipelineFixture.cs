using Microsoft.Extensions.AI;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Pipeline.Tests.TestDoubles;

/// <summary>A pipeline over doubles, in which questions mean what the test says.</summary>
internal sealed class PipelineFixture : IDisposable
{
    private readonly CachedEmbedder _embedder;
    private readonly List<RagPipeline> _pipelines = [];
    private RagPipeline? _pipeline;

    public PipelineFixture()
    {
        Retriever.Chunks.Add(RetrieverDouble.Chunk("c1", "Premium costs ten.", "prices", "v1", score: 0.9));
        _embedder = new CachedEmbedder(Cache.Generator, services: Cache.Services);
        Services.Add<ICachedEmbedder>(_embedder);
        Retrievers = [Retriever];
    }

    public CacheFixture Cache { get; } = new();

    public TestChatClient Chat { get; } = new();

    public RetrieverDouble Retriever { get; } = new("documents");

    public List<IRetriever> Retrievers { get; }

    public RagPipelineOptions Options { get; } = new();

    public TestServices Services => Cache.Services;

    public ICachedEmbedder Embedder => _embedder;

    /// <summary>The pipeline; to be asked for once everything else is as it shall be.</summary>
    public RagPipeline Pipeline => _pipeline ??= NewPipeline();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What a request says whose prompt is personal: its answer is not shared.</summary>
    public static ChatOptions Personal => new ChatOptions().WithSemanticCache(request => request.Mode = SemanticCacheMode.Bypass);

    public RagPipeline NewPipeline(ISemanticCache? cache = null, IChatClient? chat = null)
    {
        var pipeline = new RagPipeline(chat ?? Chat, Retrievers, cache ?? Cache.Cache, Options, Services);
        _pipelines.Add(pipeline);
        return pipeline;
    }

    /// <summary>Switches the cache of retrieved chunks on, for all callers.</summary>
    public RetrievalCacheOptions KeepChunks()
    {
        Options.RetrievalCache.Enabled = true;
        Options.RetrievalCache.ShareAcrossCallers = true;
        return Options.RetrievalCache;
    }

    public MetricCollector<long> Counter(string name) => new(Cache.Meters, RagCachingDiagnostics.MeterName, name);

    public Task<RagAnswer> AskAsync(string question, ChatOptions? options = null) => Pipeline.AskAsync(question, options, Token);

    public async Task<(List<ChatResponseUpdate> Updates, RagAnswer Answer)> StreamAsync(string question, ChatOptions? options = null)
    {
        var stream = Pipeline.StreamAsync(question, options, Token);
        var updates = await stream.ToListAsync(Token);
        return (updates, await stream.Completion);
    }

    public void Dispose()
    {
        _pipelines.ForEach(pipeline => pipeline.Dispose());
        _embedder.Dispose();
        Cache.Dispose();
    }
}
