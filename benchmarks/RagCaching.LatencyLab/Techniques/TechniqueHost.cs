using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using RagCaching.LatencyLab.Models;
using RagCaching.LatencyLab.Providers;
using RagCaching.LatencyLab.Rag;

namespace RagCaching.LatencyLab.Techniques;

/// <summary>The application as one technique configures it, with empty caches of its own.</summary>
internal sealed class TechniqueHost : IAsyncDisposable
{
    private const string Small = "small";
    private const string Large = "large";
    private const int ChunksPerSource = 4;
    private const int SourcesInTurn = 3;
    private const int FewTokens = 500;
    private const int FewChunks = 4;
    private const int ManyTokens = 1_000_000;

    private readonly ServiceProvider _services;

    /// <summary>Builds the application.</summary>
    /// <param name="technique">The technique.</param>
    /// <param name="models">Where the models are.</param>
    /// <param name="sources">The places to search.</param>
    /// <param name="minimumSimilarity">The floor of the semantic cache.</param>
    /// <param name="time">The clock.</param>
    /// <param name="configure">Changes the pipeline further.</param>
    public TechniqueHost(
        Technique technique,
        ModelProvider models,
        IReadOnlyList<DocumentSource> sources,
        float minimumSimilarity,
        TimeProvider time,
        Action<IRagCachingBuilder>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time);
        services.AddEmbeddingGenerator(models.CreateEmbedder());
        services.AddChatClient(models.CreateChatClient());
        services.AddKeyedChatClient(Large, models.CreateChatClient());
        services.AddKeyedChatClient(Small, models.CreateSmallChatClient());
        var builder = services
            .AddRagCaching(options =>
            {
                // Public documentation: everybody may have the same answers.
                options.ShareAcrossCallers = true;
                options.MinimumSimilarity = minimumSimilarity;
            })
            .AddRagPipeline(options => Configure(options, technique));
        AddSources(builder, technique, sources);
        if (technique.AsksSmallModel)
        {
            builder.UseSmallModel(Small, Large, options => options.MaxChunks = technique.TakesFewChunks ? FewChunks : ChunksPerSource * SourcesInTurn);
        }

        configure?.Invoke(builder);
        _services = services.BuildServiceProvider();
        App = new RagApp(_services.GetRequiredService<RagPipeline>(), technique.CachesAnswers, technique.Streams, time);
    }

    public RagApp App { get; }

    public IVectorStore Store => _services.GetRequiredService<IVectorStore>();

    public ICachedEmbedder Embedder => _services.GetRequiredService<ICachedEmbedder>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static void Configure(RagPipelineOptions options, Technique technique)
    {
        options.ChunksPerRetriever = technique.SearchesInParallel ? ChunksPerSource : ChunksPerSource * SourcesInTurn;
        options.Selection.TokenCounter = Tokens.Of;
        options.Selection.MaxTokens = technique.TakesFewChunks ? FewTokens : ManyTokens;
        options.Selection.MaxChunks = technique.TakesFewChunks ? FewChunks : 100;
        options.Selection.MinimumRelativeScore = technique.TakesFewChunks ? options.Selection.MinimumRelativeScore : 0;
    }

    private static void AddSources(IRagCachingBuilder builder, Technique technique, IReadOnlyList<DocumentSource> sources)
    {
        QuestionVectors? uncached = null;
        async ValueTask<ReadOnlyMemory<float>> VectorAsync(IServiceProvider services, RetrievalRequest request, CancellationToken token)
        {
            var vectors = LazyInitializer.EnsureInitialized(
                ref uncached, () => new QuestionVectors(services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>()));
            return technique.CachesEmbeddings ? await request.GetVectorAsync(token) : await vectors.OfAsync(request);
        }

        if (technique.SearchesInParallel)
        {
            foreach (var source in sources)
            {
                builder.AddRetriever(services => new DelegateRetriever(
                    source.Name, async (request, token) => await source.SearchAsync(await VectorAsync(services, request, token), request.Limit, token)));
            }

            return;
        }

        builder.AddRetriever(services => new DelegateRetriever("all, one after the other", async (request, token) =>
        {
            var found = new List<RetrievedChunk>();
            foreach (var source in sources)
            {
                found.AddRange(await source.SearchAsync(await VectorAsync(services, request, token), ChunksPerSource, token));
            }

            // The pipeline takes the order for a ranking, and so many of each retriever: here all are one.
            return [.. found.OrderByDescending(chunk => chunk.Score)];
        }));
    }
}
