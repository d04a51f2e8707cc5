using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace RagCaching.VectorData.Collections;

/// <summary>Which entries a collection has.</summary>
/// <param name="Dimensions">The number of dimensions of their vectors; 0 for entries that came without one before any dimensions were known.</param>
/// <param name="Partition">The shortened digest of their partition; <see langword="null"/> for all partitions.</param>
internal readonly record struct ShelfName(int Dimensions, string? Partition)
{
    private const int PartitionBytes = 12;

    // Vector databases do not have vectors of no dimension, and some none of one.
    private const int StandInDimensions = 2;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>Gets the number of dimensions that the database is told.</summary>
    public int StoredDimensions => Dimensions == 0 ? StandInDimensions : Dimensions;

    /// <summary>Shortens the digest of a partition to characters that are legal in names of collections everywhere.</summary>
    public static string Shorten(string partitionDigest) => Convert.ToHexStringLower(Base64Url.DecodeFromChars(partitionDigest).AsSpan(0, PartitionBytes));

    /// <summary>Reads a name of a collection.</summary>
    /// <returns><see langword="null"/> for collections that belong to something else.</returns>
    public static ShelfName? TryParse(string prefix, string name)
    {
        if (!name.StartsWith(prefix + 'd', StringComparison.Ordinal))
        {
            return null;
        }

        var rest = name.AsSpan(prefix.Length + 1);
        var end = rest.IndexOf('p');
        var partition = end < 0 ? default : rest[(end + 1)..];
        return int.TryParse(end < 0 ? rest : rest[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var dimensions)
            && (end < 0 || (partition.Length == 2 * PartitionBytes && !partition.ContainsAnyExcept(HexDigits)))
            && new ShelfName(dimensions, end < 0 ? null : partition.ToString()) is var parsed && parsed.ToText(prefix) == name
            ? parsed
            : null;
    }

    /// <summary>Writes the name of the collection.</summary>
    public string ToText(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}d{Dimensions}{(Partition is null ? "" : "p")}{Partition}");
}
