using System.Security.Cryptography;
using BitFaster.Caching.Lru;
using Microsoft.Extensions.AI;
using RagCaching.Internal.Digests;

namespace RagCaching.Embeddings.Keys;

/// <summary>Decides which requests may share vectors.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class EmbeddingIdentity
{
    // Variants carry the number of dimensions seen, nothing that could not be learnt again.
    private const int RememberedVariants = 128;

    private readonly ConcurrentLru<Digest, EmbeddingVariant> _variants = new(RememberedVariants);
    private readonly byte[] _instanceSalt = RandomNumberGenerator.GetBytes(Digest.SizeInBytes);
    private readonly EmbeddingGeneratorMetadata? _metadata;
    private readonly string? _configuredModelId;
    private readonly byte[] _secret;

    /// <summary>Reads the identity of a generator.</summary>
    /// <param name="metadata">What the generator says of itself.</param>
    /// <param name="configuredModelId">What the host says, which counts more.</param>
    /// <param name="secret">The secret of all digests, or nothing.</param>
    public EmbeddingIdentity(EmbeddingGeneratorMetadata? metadata, string? configuredModelId, byte[] secret)
    {
        _metadata = metadata;
        _configuredModelId = configuredModelId;
        _secret = secret;
        Default = Create(null)!;
    }

    /// <summary>Gets the variant of requests without options.</summary>
    public EmbeddingVariant Default { get; }

    /// <summary>Finds the variant of a request.</summary>
    /// <returns><see langword="null"/> if an option cannot be put into a key.</returns>
    public EmbeddingVariant? VariantOf(EmbeddingGenerationOptions? options)
    {
        if (options is null or { ModelId: null, Dimensions: null, RawRepresentationFactory: null, AdditionalProperties: null or { Count: 0 } })
        {
            return Default;
        }

        if (options.RawRepresentationFactory is not null || Create(options) is not { } variant)
        {
            return null;
        }

        return variant.Digest == Default.Digest ? Default : _variants.GetOrAdd(variant.Digest, static (_, created) => created, variant);
    }

    private EmbeddingVariant? Create(EmbeddingGenerationOptions? options)
    {
        var modelId = _configuredModelId ?? options?.ModelId ?? _metadata?.DefaultModelId;
        var isShareable = !string.IsNullOrWhiteSpace(modelId);

        // A configured name stands for what the generator uses by itself. A request may still ask for another model by name, and
        // two models must not share vectors, so a name that differs from the identity enters the key as well.
        var requestedModelId = options?.ModelId == modelId ? null : options?.ModelId;

        var builder = new DigestBuilder(stackalloc byte[512], "ragcaching/embedding-variant/1");
        builder.Add(isShareable ? [] : _instanceSalt);
        builder.Add(_metadata?.ProviderName);
        builder.Add(_metadata?.ProviderUri?.OriginalString);
        builder.Add(modelId);
        builder.Add(requestedModelId);
        builder.Add((long?)options?.Dimensions);
        if (!CanonicalProperties.TryAdd(ref builder, options?.AdditionalProperties, EmbeddingControls.Prefix))
        {
            builder.Release();
            return null;
        }

        return new EmbeddingVariant(builder.Complete(_secret), modelId, isShareable);
    }
}
