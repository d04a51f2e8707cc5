using System.Buffers.Binary;
using System.Buffers.Text;
using RagCaching.Internal.Digests;
using RagCaching.Internal.Envelopes;

namespace RagCaching.Semantic.Entries;

// The payload of the envelope, little-endian:
//
//   offset      bytes  field
//        0         16  nonce of the entry's id
//       16          4  reports "right"
//       20          4  reports "wrong"
//       24          8  group of answers that say the same, 0 for one's own
//       32          4  number of rejected questions, r, at most EntryState.MaxRejected
//       36     16 * r  their keys
//   36+16r        rest  the question, UTF-16 code units
//
// The envelope's header says until when the answer is fresh. Of an entry that is kept longer than that (kind 5) it says less than the entry does; readers that do not know this kind must not take the one time
// for the other, so it is a kind of its own.

/// <summary>Writes and reads <see cref="EntryState"/>.</summary>
internal static class EntryStateCodec
{
    /// <summary>The kind of content in the envelope; no two codecs have the same.</summary>
    public const byte Kind = 3;

    /// <summary>The kind of the same content in an entry that is kept when its answer is not fresh any more.</summary>
    public const byte KeptKind = 5;

    private const int FixedSize = 36;

    // No option allows a longer question.
    private const int MaxQuestionBytes = (1 << 20) * sizeof(char);
    private const int KeySize = Digest.ShortSizeInBytes;

    /// <summary>Writes a state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="key">The key it will be stored under.</param>
    /// <param name="createdAt">When the answer was generated.</param>
    /// <param name="freshUntil">Until when the answer is fresh.</param>
    /// <param name="isKept">Whether the entry is kept longer than that.</param>
    public static byte[] Encode(EntryState state, Digest key, DateTimeOffset createdAt, DateTimeOffset freshUntil, bool isKept = false)
    {
        var length = FixedSize + (state.Rejected.Count * KeySize) + (state.Question.Length * sizeof(char));
        var bytes = new byte[Envelope.SizeFor(length)];
        var payload = bytes.AsSpan(Envelope.HeaderSize, length);
        Base64Url.DecodeFromChars(state.Nonce, payload);
        BinaryPrimitives.WriteInt32LittleEndian(payload[16..], state.Right);
        BinaryPrimitives.WriteInt32LittleEndian(payload[20..], state.Wrong);
        BinaryPrimitives.WriteUInt64LittleEndian(payload[24..], state.Group);
        BinaryPrimitives.WriteInt32LittleEndian(payload[32..], state.Rejected.Count);
        var rest = payload[FixedSize..];
        foreach (var rejected in state.Rejected)
        {
            Base64Url.DecodeFromChars(rejected, rest);
            rest = rest[KeySize..];
        }

        foreach (var character in state.Question)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(rest, character);
            rest = rest[sizeof(char)..];
        }

        Envelope.Seal(bytes, new EnvelopeHeader(isKept ? KeptKind : Kind, 0, 0, 0, createdAt, freshUntil), key);
        return bytes;
    }

    /// <summary>Reads until when the answer is fresh.</summary>
    /// <param name="bytes">What <see cref="TryDecode"/> has read.</param>
    /// <returns><see langword="null"/> for as long as its entry is there.</returns>
    public static DateTimeOffset? FreshUntil(ReadOnlySpan<byte> bytes) =>
        Envelope.KindOf(bytes) == KeptKind ? Envelope.ExpiryOf(bytes) : null;

    /// <summary>Reads a state. Returns <see langword="null"/> for anything that is not exactly what <see cref="Encode"/> wrote for this key.</summary>
    public static EntryState? TryDecode(ReadOnlySpan<byte> bytes, Digest key)
    {
        if (Envelope.TryOpen(bytes, Envelope.KindOf(bytes) == KeptKind ? KeptKind : Kind, key, out _, out var payload) != EnvelopeStatus.Valid || payload.Length < FixedSize)
        {
            return null;
        }

        var count = BinaryPrimitives.ReadInt32LittleEndian(payload[32..]);
        if (count is < 0 or > EntryState.MaxRejected || payload.Length - FixedSize < count * KeySize)
        {
            return null;
        }

        var rest = payload[FixedSize..];
        var textLength = rest.Length - (count * KeySize);
        if (textLength % sizeof(char) != 0 || textLength > MaxQuestionBytes)
        {
            return null;
        }

        var rejected = new string[count];
        for (var i = 0; i < count; i++)
        {
            rejected[i] = Base64Url.EncodeToString(rest[..KeySize]);
            rest = rest[KeySize..];
        }

        return new EntryState
        {
            Nonce = Base64Url.EncodeToString(payload[..EntryId.NonceSize]),
            Question = ReadText(rest),
            Right = BinaryPrimitives.ReadInt32LittleEndian(payload[16..]),
            Wrong = BinaryPrimitives.ReadInt32LittleEndian(payload[20..]),
            Group = BinaryPrimitives.ReadUInt64LittleEndian(payload[24..]),
            Rejected = rejected,
        };
    }

    private static string ReadText(ReadOnlySpan<byte> bytes) => string.Create(bytes.Length / sizeof(char), bytes, static (text, source) =>
    {
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = (char)BinaryPrimitives.ReadUInt16LittleEndian(source[(i * sizeof(char))..]);
        }
    });
}
