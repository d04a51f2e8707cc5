using RagCaching.Internal.Digests;

namespace RagCaching.Embeddings.Keys;

/// <summary>Everything besides the text that shapes a vector: the model, where it runs and the options of the request.</summary>
/// <param name="digest">The digest of all that.</param>
/// <param name="modelId">The name of the model, if it is known.</param>
/// <param name="isShareable">Whether the digest means the same in other processes.</param>
/// <remarks>Thread-safe.</remarks>
internal sealed class EmbeddingVariant(Digest digest, string? modelId, bool isShareable)
{
    private int _dimensions;

    public Digest Digest { get; } = digest;

    public string? ModelId { get; } = modelId;

    public bool IsShareable { get; } = isShareable;

    /// <summary>Tells whether vectors of a length can be of the model as it is now.</summary>
    public bool Accepts(int dimensions)
    {
        var known = Volatile.Read(ref _dimensions);
        return known == 0 || known == dimensions;
    }

    /// <summary>Takes note of the length of vectors that the generator has just made.</summary>
    /// <returns>Whether the length has changed: somebody put another model behind the same name, and what is cached is of the old one.</returns>
    public bool Learn(int dimensions)
    {
        var known = Interlocked.Exchange(ref _dimensions, dimensions);
        return known != 0 && known != dimensions;
    }

    /// <summary>Computes the digest of a text embedded this way.</summary>
    public Digest DigestOf(string text, ReadOnlySpan<byte> secret)
    {
        var builder = new DigestBuilder(stackalloc byte[512], "ragcaching/embedding/1");
        builder.Add(Digest);
        builder.Add(text);
        return builder.Complete(secret);
    }
}
