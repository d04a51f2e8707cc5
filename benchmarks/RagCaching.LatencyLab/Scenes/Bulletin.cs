using Microsoft.Extensions.DependencyInjection;

namespace RagCaching.LatencyLab.Scenes;

/// <summary>A small set of documents in memory besides the lab's sources.</summary>
internal sealed class Bulletin
{
    private InMemoryRetriever? _documents;

    public InMemoryRetriever Documents => _documents ?? throw new InvalidOperationException("The pipeline has not been built.");

    public void AddTo(IRagCachingBuilder builder, bool comparesVersions)
    {
        builder.AddRetriever(services => _documents = new InMemoryRetriever("bulletin", services.GetRequiredService<ICachedEmbedder>()));
        if (comparesVersions)
        {
            // The lab's other sources have no versions, so only the bulletin's are asked for.
            builder.AddRagPipeline(options => options.CurrentSourceVersion = (sourceId, _) => ValueTask.FromResult(Documents.VersionOf(sourceId)));
        }
    }
}
