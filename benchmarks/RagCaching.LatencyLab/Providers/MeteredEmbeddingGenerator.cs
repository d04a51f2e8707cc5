using Microsoft.Extensions.AI;
using RagCaching.LatencyLab.Rag;

namespace RagCaching.LatencyLab.Providers;

/// <summary>Counts and times the calls that reach the embedding model: it stands behind every cache.</summary>
internal sealed class MeteredEmbeddingGenerator(IEmbeddingGenerator<string, Embedding<float>> inner, CallCounter counter, TimeProvider time)
    : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        counter.EmbeddingCalled();
        var started = time.GetTimestamp();
        try
        {
            return await base.GenerateAsync(values, options, cancellationToken);
        }
        finally
        {
            RequestTrace.Current?.Embedded(time.GetElapsedTime(started));
        }
    }
}
