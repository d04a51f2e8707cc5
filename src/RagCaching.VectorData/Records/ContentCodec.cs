using System.Buffers.Binary;
using System.IO.Hashing;

namespace RagCaching.VectorData.Records;

// The content field of a record: all of an entry but its vector. All numbers are little-endian.
//
//   offset  bytes  field
//        0      4  magic, "RAGV"
//        4      1  version, 1
//        5      1  1 if the entry has a vector, else 0
//        6      2  reserved, 0
//        8      8  created, UTC ticks
//       16      8  expires, UTC ticks
//       24      8  first added: a number that grows
//       32     20  lengths in bytes of partition, id, labels, metadata and payload, 4 each
//       52         partition and id as UTF-16, labels as (length, UTF-16) each, metadata, payload
//      end      8  XxHash3-64 of everything before it
//
// The fields that filters use repeat some of it; what is here decides. The checksum covers the answer and to whom it belongs.

/// <summary>Writes and reads the content field of a record.</summary>
internal static partial class ContentCodec
{
    private const int HeaderSize = 52;
    private const int ChecksumSize = sizeof(ulong);
    private const int LengthsOffset = 32;
    private const int Parts = 5;
    private const byte Version = 1;

    private static ReadOnlySpan<byte> Magic => "RAGV"u8;

    /// <summary>Writes an entry without its vector.</summary>
    public static byte[] Write(VectorEntry entry, bool hasVector, long added)
    {
        Span<int> lengths =
        [
            TextSize(entry.Partition), TextSize(entry.Id), checked(entry.Labels.Sum(static label => sizeof(int) + TextSize(label))), entry.Metadata.Length, entry.Payload.Length,
        ];
        var size = HeaderSize + ChecksumSize;
        foreach (var length in lengths)
        {
            size = checked(size + length);
        }

        var content = new byte[size];
        var span = content.AsSpan();
        Magic.CopyTo(span);
        span[4] = Version;
        span[5] = hasVector ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt64LittleEndian(span[8..], entry.CreatedAt.UtcTicks);
        BinaryPrimitives.WriteInt64LittleEndian(span[16..], entry.ExpiresAt.UtcTicks);
        BinaryPrimitives.WriteInt64LittleEndian(span[24..], added);
        for (var i = 0; i < lengths.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(span[(LengthsOffset + (i * sizeof(int)))..], lengths[i]);
        }

        var rest = span[HeaderSize..];
        rest = WriteText(rest, entry.Partition);
        rest = WriteText(rest, entry.Id);
        foreach (var label in entry.Labels)
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest, TextSize(label));
            rest = WriteText(rest[sizeof(int)..], label);
        }

        entry.Metadata.Span.CopyTo(rest);
        entry.Payload.Span.CopyTo(rest[entry.Metadata.Length..]);
        BinaryPrimitives.WriteUInt64LittleEndian(span[^ChecksumSize..], XxHash3.HashToUInt64(span[..^ChecksumSize]));
        return content;
    }

    private static int TextSize(string text) => checked(text.Length * sizeof(char));

    private static Span<byte> WriteText(Span<byte> destination, string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(destination[(i * sizeof(char))..], text[i]);
        }

        return destination[TextSize(text)..];
    }
}
