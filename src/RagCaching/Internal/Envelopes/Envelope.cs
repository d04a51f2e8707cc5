using System.Buffers.Binary;
using System.IO.Hashing;
using RagCaching.Internal.Digests;

namespace RagCaching.Internal.Envelopes;

// Everything this library stores outside its own process wears the same envelope. All numbers are little-endian.
//
//   offset  bytes  field
//        0      4  magic, "RAGC"
//        4      1  format version, 1
//        5      1  kind of content, a constant of its codec
//        6      1  encoding of the payload; its meaning belongs to the kind
//        7      1  reserved, 0
//        8      8  model fingerprint: the first bytes of the digest of the embedding identity, 0 where none applies
//       16      4  dimensions of the vector inside, 0 where none is
//       20      4  length of the payload, n
//       24      8  created, UTC ticks
//       32      8  expires, UTC ticks
//       40     16  echo of the key under which it was written
//       56      n  payload
//   56 + n      8  XxHash3-64 of everything before it
//
// A reader accepts exactly 64 + n bytes: anything cut off, appended, flipped or moved to another key is refused.

/// <summary>Writes and checks the header and checksum around stored content.</summary>
internal static class Envelope
{
    /// <summary>The bytes an envelope adds to its payload.</summary>
    public const int Overhead = HeaderSize + ChecksumSize;

    /// <summary>The offset of the payload.</summary>
    public const int HeaderSize = 56;

    private const int ChecksumSize = sizeof(ulong);
    private const byte Version = 1;

    private static ReadOnlySpan<byte> Magic => "RAGC"u8;

    /// <summary>Gets the length of the envelope around a payload.</summary>
    public static int SizeFor(int payloadLength) => checked(payloadLength + Overhead);

    /// <summary>Writes header and checksum around a payload that is already in place.</summary>
    /// <param name="destination">Exactly <see cref="SizeFor"/> bytes, the payload from <see cref="HeaderSize"/> on.</param>
    /// <param name="header">What the header says.</param>
    /// <param name="key">The key it will be stored under; its first 16 bytes are echoed.</param>
    public static void Seal(Span<byte> destination, in EnvelopeHeader header, Digest key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, Overhead);

        Magic.CopyTo(destination);
        destination[4] = Version;
        destination[5] = header.Kind;
        destination[6] = header.Encoding;
        destination[7] = 0;
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], header.ModelFingerprint);
        BinaryPrimitives.WriteInt32LittleEndian(destination[16..], header.Dimensions);
        BinaryPrimitives.WriteInt32LittleEndian(destination[20..], destination.Length - Overhead);
        BinaryPrimitives.WriteInt64LittleEndian(destination[24..], header.CreatedAt.UtcTicks);
        BinaryPrimitives.WriteInt64LittleEndian(destination[32..], header.ExpiresAt.UtcTicks);
        key.CopyShortTo(destination[40..]);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[^ChecksumSize..], XxHash3.HashToUInt64(destination[..^ChecksumSize]));
    }

    /// <summary>Checks an envelope and finds its payload. Never throws and never allocates, whatever the bytes are.</summary>
    /// <param name="source">What was read.</param>
    /// <param name="kind">The kind the caller expects.</param>
    /// <param name="key">The key it was read from.</param>
    /// <param name="header">Receives the header when the answer is <see cref="EnvelopeStatus.Valid"/>.</param>
    /// <param name="payload">Receives the payload, a part of <paramref name="source"/>, when the answer is <see cref="EnvelopeStatus.Valid"/>.</param>
    public static EnvelopeStatus TryOpen(
        ReadOnlySpan<byte> source, byte kind, Digest key, out EnvelopeHeader header, out ReadOnlySpan<byte> payload)
    {
        header = default;
        payload = default;
        if (source.Length < Overhead || BinaryPrimitives.ReadInt32LittleEndian(source[20..]) != source.Length - Overhead)
        {
            return EnvelopeStatus.WrongLength;
        }

        if (!source.StartsWith(Magic) || source[4] != Version || source[7] != 0)
        {
            return EnvelopeStatus.UnknownFormat;
        }

        if (XxHash3.HashToUInt64(source[..^ChecksumSize]) != BinaryPrimitives.ReadUInt64LittleEndian(source[^ChecksumSize..]))
        {
            return EnvelopeStatus.WrongChecksum;
        }

        if (source[5] != kind)
        {
            return EnvelopeStatus.WrongKind;
        }

        if (!key.StartsWith(source[40..]))
        {
            return EnvelopeStatus.WrongKey;
        }

        var created = BinaryPrimitives.ReadInt64LittleEndian(source[24..]);
        var expires = BinaryPrimitives.ReadInt64LittleEndian(source[32..]);
        if (!IsTime(created) || !IsTime(expires))
        {
            return EnvelopeStatus.UnknownFormat;
        }

        header = new EnvelopeHeader(
            kind,
            source[6],
            BinaryPrimitives.ReadUInt64LittleEndian(source[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(source[16..]),
            new DateTimeOffset(created, TimeSpan.Zero),
            new DateTimeOffset(expires, TimeSpan.Zero));
        payload = source[HeaderSize..^ChecksumSize];
        return EnvelopeStatus.Valid;
    }

    /// <summary>Reads the kind of content, without any check.</summary>
    /// <returns>0 where there is none.</returns>
    public static byte KindOf(ReadOnlySpan<byte> source) => source.Length < Overhead ? (byte)0 : source[5];

    /// <summary>Reads when the content stops being valid from an envelope that was checked.</summary>
    public static DateTimeOffset ExpiryOf(ReadOnlySpan<byte> source) => new(BinaryPrimitives.ReadInt64LittleEndian(source[32..]), TimeSpan.Zero);

    private static bool IsTime(long ticks) => ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks;
}
