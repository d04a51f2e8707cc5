using RagCaching.Embeddings.Keys;
using RagCaching.Internal.Digests;
using RagCaching.Internal.Envelopes;

namespace RagCaching.Embeddings.Codecs;

/// <summary>Puts an embedding into an <see cref="Envelope"/> and takes it out again.</summary>
internal static class EmbeddingEnvelope
{
    /// <summary>The kind of content in the envelope; no two codecs have the same.</summary>
    public const byte Kind = 1;

    /// <summary>Gets the size of the envelope of a vector.</summary>
    public static int SizeFor(EmbeddingPrecision precision, int dimensions) => Envelope.SizeFor(VectorCodec.SizeOf(precision, dimensions));

    /// <summary>Writes an embedding.</summary>
    /// <param name="destination">Exactly <see cref="SizeFor"/> bytes.</param>
    /// <param name="precision">What <see cref="VectorCodec.PrecisionFor"/> chose.</param>
    /// <param name="vector">The embedding.</param>
    /// <param name="variant">How it was made.</param>
    /// <param name="key">The key it will be stored under.</param>
    public static void Write(Span<byte> destination, EmbeddingPrecision precision, CachedVector vector, EmbeddingVariant variant, Digest key)
    {
        VectorCodec.Encode(precision, vector.Vector.Span, destination[Envelope.HeaderSize..^(Envelope.Overhead - Envelope.HeaderSize)]);
        var header = new EnvelopeHeader(
            Kind, (byte)precision, variant.Digest.Prefix, vector.Vector.Length, vector.CreatedAt, vector.ExpiresAt);
        Envelope.Seal(destination, header, key);
    }

    /// <summary>Reads an embedding. Never throws, whatever the bytes are.</summary>
    /// <param name="source">What was read.</param>
    /// <param name="leastPrecision">The least precision to accept.</param>
    /// <param name="variant">How it must have been made.</param>
    /// <param name="key">The key it was read from.</param>
    /// <param name="header">Receives the header when a vector is returned.</param>
    /// <param name="fault">Receives what is wrong when none is, in a word for a metric.</param>
    public static float[]? TryRead(
        ReadOnlySpan<byte> source, EmbeddingPrecision leastPrecision, EmbeddingVariant variant, Digest key, out EnvelopeHeader header, out string fault)
    {
        var status = Envelope.TryOpen(source, Kind, key, out header, out var payload);
        fault = NameOf(status);
        if (status != EnvelopeStatus.Valid)
        {
            return null;
        }

        if (header.ModelFingerprint != variant.Digest.Prefix)
        {
            fault = "wrong_model";
            return null;
        }

        fault = header.Encoding > (byte)leastPrecision ? "wrong_precision" : "wrong_payload";
        return VectorCodec.TryDecode(header.Encoding, header.Dimensions, payload, leastPrecision);
    }

    private static string NameOf(EnvelopeStatus status) => status switch
    {
        EnvelopeStatus.WrongLength => "wrong_length",
        EnvelopeStatus.WrongChecksum => "wrong_checksum",
        EnvelopeStatus.WrongKind => "wrong_kind",
        EnvelopeStatus.WrongKey => "wrong_key",
        _ => "unknown_format",
    };
}
