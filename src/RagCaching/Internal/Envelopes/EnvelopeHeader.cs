namespace RagCaching.Internal.Envelopes;

/// <summary>What an <see cref="Envelope"/> says about its payload.</summary>
/// <param name="Kind">What the payload is.</param>
/// <param name="Encoding">How the payload is written; its meaning belongs to the kind.</param>
/// <param name="ModelFingerprint">Which embedding model it belongs to, 0 where none applies.</param>
/// <param name="Dimensions">The number of components of the vector inside, 0 where none is.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="ExpiresAt">When it stops being valid.</param>
internal readonly record struct EnvelopeHeader(
    byte Kind, byte Encoding, ulong ModelFingerprint, int Dimensions, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);
