using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace RagCaching.Sqlite.Files;

/// <summary>Finds rows that are not what was written: SQLite's own check does not see changed bytes inside of values.</summary>
internal static class RowChecksum
{
    [ThreadStatic]
    private static XxHash3? _spare;

    /// <summary>Sums up everything but the answer.</summary>
    public static long Of(VectorEntry entry, ReadOnlySpan<byte> vector)
    {
        var hash = _spare ??= new XxHash3();
        hash.Reset();
        Append(hash, entry.Partition);
        Append(hash, entry.Id);
        Append(hash, entry.Owner ?? "");
        Append(hash, entry.EmbeddingModel ?? "");
        foreach (var label in entry.Labels)
        {
            Append(hash, label);
        }

        Span<long> numbers = [entry.CreatedAt.UtcTicks, entry.ExpiresAt.UtcTicks, entry.Metadata.Length, vector.Length];
        hash.Append(MemoryMarshal.AsBytes(numbers));
        hash.Append(entry.Metadata.Span);
        hash.Append(vector);
        return (long)hash.GetCurrentHashAsUInt64();
    }

    /// <summary>Sums up an answer, or any other value that stands by itself.</summary>
    public static long Of(ReadOnlySpan<byte> value) => (long)XxHash3.HashToUInt64(value);

    private static void Append(XxHash3 hash, string text)
    {
        hash.Append(MemoryMarshal.AsBytes(text.AsSpan()));
        hash.Append([0xFF, 0xFF]);
    }
}
