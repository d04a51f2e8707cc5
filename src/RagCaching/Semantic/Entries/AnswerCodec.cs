using System.Buffers.Text;
using System.Text.Json;
using RagCaching.Internal.Digests;
using RagCaching.Internal.Envelopes;
using RagCaching.Semantic.Entries.Answers;

namespace RagCaching.Semantic.Entries;

// The payload of the envelope: 16 bytes, the nonce of the entry's id; then the answer as UTF-8 JSON. The nonce ties an answer to the
// state that was written with it, in stores that cannot write both at once.

/// <summary>Writes and reads stored answers.</summary>
internal static class AnswerCodec
{
    /// <summary>The kind of content in the envelope; no two codecs have the same.</summary>
    public const byte Kind = 2;

    // No option allows a larger answer.
    private const int MaxPayloadBytes = (1 << 28) + EntryId.NonceSize;

    /// <summary>Writes the answer without its envelope, which depends on where it will be stored.</summary>
    public static byte[] ToJson(StoredAnswer answer) => JsonSerializer.SerializeToUtf8Bytes(answer, StoredAnswerContext.Default.StoredAnswer);

    public static byte[] Encode(ReadOnlySpan<byte> json, string nonce, Digest key, DateTimeOffset createdAt, DateTimeOffset expiresAt)
    {
        var bytes = new byte[Envelope.SizeFor(EntryId.NonceSize + json.Length)];
        var payload = bytes.AsSpan(Envelope.HeaderSize);
        Base64Url.DecodeFromChars(nonce, payload);
        json.CopyTo(payload[EntryId.NonceSize..]);
        Envelope.Seal(bytes, new EnvelopeHeader(Kind, 0, 0, 0, createdAt, expiresAt), key);
        return bytes;
    }

    /// <summary>Reads an answer. Returns <see langword="null"/> for anything that was not written for this key and nonce, whole, or is larger than any answer may be: that is not parsed.</summary>
    public static StoredAnswer? TryDecode(ReadOnlySpan<byte> bytes, string nonce, Digest key)
    {
        if (Envelope.TryOpen(bytes, Kind, key, out _, out var payload) != EnvelopeStatus.Valid || payload.Length < EntryId.NonceSize || payload.Length > MaxPayloadBytes)
        {
            return null;
        }

        Span<byte> expected = stackalloc byte[EntryId.NonceSize];
        Base64Url.DecodeFromChars(nonce, expected);
        return payload[..EntryId.NonceSize].SequenceEqual(expected) ? TryParse(payload[EntryId.NonceSize..]) : null;
    }

    private static StoredAnswer? TryParse(ReadOnlySpan<byte> json)
    {
        try
        {
            var answer = JsonSerializer.Deserialize(json, StoredAnswerContext.Default.StoredAnswer);
            return answer is { Version: StoredAnswer.CurrentVersion } && answer.Messages.All(IsConsistent) ? answer : null;
        }
        catch (JsonException)
        {
            // The checksum was right, so this was written by something else that uses our envelope: not an answer, hence a miss.
            return null;
        }
    }

    // The serializer's null checks cover properties, not the elements of lists.
    private static bool IsConsistent(StoredAnswer.Message? message) => message is not null && message.Parts.All(IsConsistent);

    private static bool IsConsistent(StoredAnswer.Part? part) =>
        part is not null
        && part.Pieces.All(length => length >= 0)
        && part.Pieces.Sum(length => (long)length) == part.Text.Length
        && (part.Tool is null || IsConsistent(part.Tool))
        && (part.Citations is null || (part.Pieces.Count == 1 && part.Citations.All(IsConsistent)));

    private static bool IsConsistent(StoredAnswer.ToolUse use) =>
        use.Name is null ? use.Value.ValueKind != JsonValueKind.Undefined && (!use.IsText || use.Value.ValueKind == JsonValueKind.String) : use.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Null;

    private static bool IsConsistent(StoredAnswer.Citation? citation) => citation is not null && citation.Spans?.Contains(null!) != true;
}
