using System.Buffers.Binary;
using System.IO.Hashing;

namespace RagCaching.VectorData.Records;

/// <content>Reading.</content>
internal static partial class ContentCodec
{
    /// <summary>Reads what <see cref="Write"/> wrote. Never throws, whatever the bytes are, and allocates nothing before lengths and checksum are right.</summary>
    /// <returns>The record, whose entry has no vector yet; <see langword="null"/> for anything else.</returns>
    public static StoredRecord? TryRead(ReadOnlyMemory<byte> content)
    {
        var span = content.Span;
        if (span.Length < HeaderSize + ChecksumSize || !span.StartsWith(Magic) || span[4] != Version || span[5] > 1
            || BinaryPrimitives.ReadUInt64LittleEndian(span[^ChecksumSize..]) != XxHash3.HashToUInt64(span[..^ChecksumSize]))
        {
            return null;
        }

        Span<int> ends = stackalloc int[Parts];
        long end = HeaderSize;
        for (var i = 0; i < ends.Length; i++)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(span[(LengthsOffset + (i * sizeof(int)))..]);
            end += length;
            if (length < 0 || end > span.Length - ChecksumSize)
            {
                return null;
            }

            ends[i] = (int)end;
        }

        return end == span.Length - ChecksumSize
            && TimeOf(BinaryPrimitives.ReadInt64LittleEndian(span[8..])) is { } created
            && TimeOf(BinaryPrimitives.ReadInt64LittleEndian(span[16..])) is { } expires
            && TryReadText(span[HeaderSize..ends[0]]) is { Length: > 0 } partition
            && TryReadText(span[ends[0]..ends[1]]) is { Length: > 0 } id
            && TryReadLabels(span[ends[1]..ends[2]]) is { } labels
            ? new StoredRecord(
                new VectorEntry { Partition = partition, Id = id, Metadata = content[ends[2]..ends[3]], Payload = content[ends[3]..ends[4]], Labels = labels, CreatedAt = created, ExpiresAt = expires },
                BinaryPrimitives.ReadInt64LittleEndian(span[24..]),
                span[5] == 1)
            : null;
    }

    private static DateTimeOffset? TimeOf(long ticks) =>
        ticks >= DateTimeOffset.MinValue.Ticks && ticks <= DateTimeOffset.MaxValue.Ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    private static string? TryReadText(ReadOnlySpan<byte> bytes) => bytes.Length % sizeof(char) != 0 ? null : string.Create(bytes.Length / sizeof(char), bytes, static (text, source) =>
    {
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = (char)BinaryPrimitives.ReadUInt16LittleEndian(source[(i * sizeof(char))..]);
        }
    });

    private static List<string>? TryReadLabels(ReadOnlySpan<byte> bytes)
    {
        var labels = new List<string>();
        while (!bytes.IsEmpty)
        {
            if (bytes.Length < sizeof(int) || BinaryPrimitives.ReadInt32LittleEndian(bytes) is var length && (length < 0 || length > bytes.Length - sizeof(int))
                || TryReadText(bytes.Slice(sizeof(int), length)) is not { } label)
            {
                return null;
            }

            labels.Add(label);
            bytes = bytes[(sizeof(int) + length)..];
        }

        return labels;
    }
}
