using System.Collections.Concurrent;
using Microsoft.Extensions.AI;

namespace RagCaching.LatencyLab.Models;

/// <summary>Lets the stand-in chat model use vectors that the application has computed: a provider's model would not take processors from the application either.</summary>
/// <remarks><see cref="Encoder"/> computes every vector anew, so that what the application saves is what its own caches save. Thread-safe.</remarks>
internal sealed class EncoderMemory
{
    private readonly ConcurrentDictionary<string, Embedding<float>> _vectors = new(StringComparer.Ordinal);

    public EncoderMemory(IEmbeddingGenerator<string, Embedding<float>> encoder)
    {
        Encoder = new Writer(encoder, _vectors);
        Recall = new Reader(Encoder, _vectors);
    }

    /// <summary>Gets the encoder; its vectors are remembered.</summary>
    public IEmbeddingGenerator<string, Embedding<float>> Encoder { get; }

    /// <summary>Gets the same encoder, which is run only for texts that are not remembered.</summary>
    public IEmbeddingGenerator<string, Embedding<float>> Recall { get; }

    private sealed class Writer(IEmbeddingGenerator<string, Embedding<float>> encoder, ConcurrentDictionary<string, Embedding<float>> vectors)
        : DelegatingEmbeddingGenerator<string, Embedding<float>>(encoder)
    {
        public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            var texts = values.ToList();
            var results = await base.GenerateAsync(texts, options, cancellationToken);
            for (var i = 0; i < texts.Count; i++)
            {
                vectors[texts[i]] = results[i];
            }

            return results;
        }
    }

    private sealed class Reader(IEmbeddingGenerator<string, Embedding<float>> encoder, ConcurrentDictionary<string, Embedding<float>> vectors)
        : DelegatingEmbeddingGenerator<string, Embedding<float>>(encoder)
    {
        public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            var texts = values.ToList();
            var missing = texts.Where(text => !vectors.ContainsKey(text)).Distinct(StringComparer.Ordinal).ToList();
            if (missing.Count > 0)
            {
                await base.GenerateAsync(missing, options, cancellationToken);
            }

            return [.. texts.Select(text => vectors[text])];
        }
    }
}
