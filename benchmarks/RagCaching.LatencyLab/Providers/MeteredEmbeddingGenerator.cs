using Microsoft.Extensions.AI;
using RagCaching.LatencyLab.Rag;

namespace RagCaching.LatencyLab.Providers;

/// <summary>Counts and times the calls that reach the embedding model: it stands behind every cache.</summary>
/// <remarks>Every application has one of these around the same model. It therefore leaves the model alone when it is disposed.</remarks>
internal sealed class MeteredEmbeddingGenerator(IEmbeddingGenerator<string, Embedding<float>> inner, CallCounter counter, TimeProvider time)
    : IEmbeddingGenerator<string, Embedding<float>>
{
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        counter.EmbeddingCalled();
        var started = time.GetTimestamp();
        try
        {
            return await inner.GenerateAsync(values, options, cancellationToken);
        }
        finally
        {
            RequestTrace.Current?.Embedded(time.GetElapsedTime(started));
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : inner.GetService(serviceType, serviceKey);

    public void Dispose()
    {
    }
}
