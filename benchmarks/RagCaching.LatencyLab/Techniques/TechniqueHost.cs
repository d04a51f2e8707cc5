using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using RagCaching.LatencyLab.Providers;
using RagCaching.LatencyLab.Rag;

namespace RagCaching.LatencyLab.Techniques;

/// <summary>The application as one technique configures it, with empty caches of its own.</summary>
internal sealed class TechniqueHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public TechniqueHost(Technique technique, ModelProvider models, IReadOnlyList<DocumentSource> sources, float minimumSimilarity, TimeProvider time)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time);
        services.AddChatClient(models.CreateChatClient());
        var embeddings = services.AddEmbeddingGenerator(models.CreateEmbedder());
        if (technique.CachesEmbeddings)
        {
            embeddings.UseEmbeddingCache();
        }

        if (technique.CachesAnswers)
        {
            services.AddRagCaching(options =>
            {
                // Public documentation: everybody may have the same answers.
                options.ShareAcrossCallers = true;
                options.MinimumSimilarity = minimumSimilarity;
            });
        }

        services.AddSingleton(provider => new RagApp(
            provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>(),
            provider.GetRequiredService<IChatClient>(),
            provider.GetService<ISemanticCache>(),
            sources,
            technique.Streams,
            time));
        _services = services.BuildServiceProvider();
        App = _services.GetRequiredService<RagApp>();
    }

    public RagApp App { get; }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
