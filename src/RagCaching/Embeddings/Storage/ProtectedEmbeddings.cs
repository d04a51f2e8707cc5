using RagCaching.Diagnostics;
using RagCaching.Embeddings.Codecs;
using RagCaching.Embeddings.Keys;
using RagCaching.Internal.Digests;
using RagCaching.Internal.Envelopes;
using RagCaching.Protection;

namespace RagCaching.Embeddings.Storage;

/// <summary>Writes embeddings so that the storage cannot read them, and believes only what it can open.</summary>
internal sealed class ProtectedEmbeddings(ProtectedPayloads payloads)
{
    /// <summary>Writes an embedding.</summary>
    /// <exception cref="NotProtectedException">The protector failed.</exception>
    public byte[] Write(EmbeddingPrecision precision, CachedVector vector, EmbeddingVariant variant, Digest key)
    {
        var bytes = new byte[EmbeddingEnvelope.SizeFor(precision, vector.Vector.Length)];
        EmbeddingEnvelope.Write(bytes, precision, vector, variant, key);
        return payloads.Protect(bytes, PayloadContext.OfEmbedding(key, variant.Digest));
    }

    /// <summary>Reads an embedding; see <see cref="EmbeddingEnvelope.TryRead"/>.</summary>
    public float[]? TryRead(ReadOnlyMemory<byte> source, EmbeddingPrecision leastPrecision, EmbeddingVariant variant, Digest key, out EnvelopeHeader header, out string fault)
    {
        if (payloads.TryUnprotect(source, PayloadContext.OfEmbedding(key, variant.Digest)) is { } bytes)
        {
            return EmbeddingEnvelope.TryRead(bytes, leastPrecision, variant, key, out header, out fault);
        }

        header = default;
        fault = TelemetryNames.Errors.NotUnprotected;
        return null;
    }
}
