using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace RagCaching.Redis.Values;

// What the scripts read, in digits, then what only instances read, little-endian:
//
//   version(20) created(20) origin(20) length of labels(10) length of metadata(10) labels metadata
//   expires(8) length of owner(2) owner length of model(2) model number of components(4) components length of payload(4) payload checksum(8)

/// <summary>Writes and reads the value of an entry.</summary>
internal static class EntryValue
{
    private const int HeaderLength = 80;

    /// <summary>Writes a number as the scripts expect it: twenty digits, so that texts are in the order of the numbers.</summary>
    public static string Digits(long number) => number.ToString("D20", CultureInfo.InvariantCulture);

    /// <summary>Writes the part behind the metadata, which scripts move as it is.</summary>
    public static byte[] EncodeRest(VectorEntry entry)
    {
        var owner = Encoding.UTF8.GetBytes(entry.Owner ?? "");
        var model = Encoding.UTF8.GetBytes(entry.EmbeddingModel ?? "");
        var bytes = new byte[8 + 2 + owner.Length + 2 + model.Length + 4 + (entry.Vector.Length * sizeof(float)) + 4 + entry.Payload.Length + 8];
        var rest = bytes.AsSpan();
        BinaryPrimitives.WriteInt64LittleEndian(rest, entry.ExpiresAt.UtcTicks);
        rest = Append(rest[8..], owner);
        rest = Append(rest, model);
        BinaryPrimitives.WriteInt32LittleEndian(rest, entry.Vector.Length);
        rest = rest[4..];
        foreach (var component in entry.Vector.Span)
        {
            BinaryPrimitives.WriteSingleLittleEndian(rest, component);
            rest = rest[sizeof(float)..];
        }

        BinaryPrimitives.WriteInt32LittleEndian(rest, entry.Payload.Length);
        entry.Payload.Span.CopyTo(rest[4..]);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(bytes.Length - 8), XxHash3.HashToUInt64(bytes.AsSpan(0, bytes.Length - 8)));
        return bytes;

        static Span<byte> Append(Span<byte> rest, byte[] text)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(rest, checked((ushort)text.Length));
            text.CopyTo(rest[2..]);
            return rest[(2 + text.Length)..];
        }
    }

    /// <summary>Reads the version of a value.</summary>
    public static long? VersionOf(ReadOnlySpan<byte> value) => value.Length >= HeaderLength && TryNumber(value[..20], out var version) ? version : null;

    /// <summary>Reads a value.</summary>
    /// <returns><see langword="null"/> if it is not what was written.</returns>
    public static VectorEntry? TryDecode(string partition, string id, ReadOnlyMemory<byte> value, bool withPayload, bool withVector = true)
    {
        var bytes = value.Span;
        if (bytes.Length < HeaderLength
            || !TryNumber(bytes.Slice(20, 20), out var created)
            || !TryNumber(bytes.Slice(60, 10), out var labelsLength)
            || !TryNumber(bytes.Slice(70, 10), out var metadataLength)
            || labelsLength + metadataLength > bytes.Length - HeaderLength
            || LabelList.TryDecode(bytes.Slice(HeaderLength, (int)labelsLength)) is not { } labels)
        {
            return null;
        }

        var start = HeaderLength + (int)labelsLength;
        var metadata = value.Slice(start, (int)metadataLength);
        return TryDecodeRest(value[(start + (int)metadataLength)..], withPayload, withVector) is not { } rest || !IsTime(created) || !IsTime(rest.Expires) ? null : new VectorEntry
        {
            Partition = partition,
            Id = id,
            Vector = rest.Vector,
            EmbeddingModel = rest.Model.Length == 0 ? null : rest.Model,
            Metadata = metadata.ToArray(),
            Payload = rest.Payload,
            Labels = labels,
            Owner = rest.Owner.Length == 0 ? null : rest.Owner,
            CreatedAt = new DateTimeOffset(created, TimeSpan.Zero),
            ExpiresAt = new DateTimeOffset(rest.Expires, TimeSpan.Zero),
        };
    }

    private static (long Expires, string Owner, string Model, float[] Vector, byte[] Payload)? TryDecodeRest(ReadOnlyMemory<byte> value, bool withPayload, bool withVector)
    {
        var bytes = value.Span;
        if (bytes.Length < 28 || XxHash3.HashToUInt64(bytes[..^8]) != BinaryPrimitives.ReadUInt64LittleEndian(bytes[^8..]))
        {
            return null;
        }

        // The checksum finds damage. Whoever can write to the server can also write checksums, so lengths are believed only where there are bytes for them.
        var expires = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        bytes = bytes[8..^8];
        if (Text(ref bytes) is not { } owner || Text(ref bytes) is not { } model || bytes.Length < 4)
        {
            return null;
        }

        var dimensions = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        bytes = bytes[4..];
        if (dimensions < 0 || dimensions > (bytes.Length - 4) / sizeof(float))
        {
            return null;
        }

        var vector = new float[withVector ? dimensions : 0];
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
        }

        bytes = bytes[(dimensions * sizeof(float))..];
        if (bytes.Length < 4 || BinaryPrimitives.ReadInt32LittleEndian(bytes) != bytes.Length - 4)
        {
            return null;
        }

        return (expires, owner, model, vector, withPayload ? bytes[4..].ToArray() : []);

        static string? Text(ref ReadOnlySpan<byte> bytes)
        {
            if (bytes.Length < 2 || BinaryPrimitives.ReadUInt16LittleEndian(bytes) is var length && length > bytes.Length - 2)
            {
                return null;
            }

            var text = Encoding.UTF8.GetString(bytes.Slice(2, length));
            bytes = bytes[(2 + length)..];
            return text;
        }
    }

    private static bool IsTime(long ticks) => ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks;

    private static bool TryNumber(ReadOnlySpan<byte> digits, out long number) => long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
