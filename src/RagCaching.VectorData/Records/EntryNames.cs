using RagCaching.Internal.Digests;

namespace RagCaching.VectorData.Records;

/// <summary>What an entry is called in a database: digests, of bounded length and in characters and with a first letter that are legal in every engine, whatever partition and id are.</summary>
/// <param name="Partition">The partition's digest.</param>
/// <param name="Key">The record's key: the digest of partition and id.</param>
/// <param name="Slot">From 0 to <see cref="Slots"/>, exclusive.</param>
internal readonly record struct EntryNames(string Partition, object Key, long Slot)
{
    /// <summary>The number of slots.</summary>
    public const long Slots = 1L << 32;

    // Azure AI Search takes no key that begins with an underscore, with which one in 64 digests does.
    private const char FirstOfKey = 'k';

    private const int ScratchSize = 256;

    /// <summary>Names an entry.</summary>
    public static EntryNames Of(string partition, string id, bool asGuid)
    {
        var builder = new DigestBuilder(stackalloc byte[ScratchSize], "ragcaching/vectordata/key/1");
        builder.Add(partition);
        builder.Add(id);
        var digest = builder.Complete([]);
        return new EntryNames(OfPartition(partition), asGuid ? GuidOf(digest) : FirstOfKey + digest.ToText(), (long)(digest.Prefix % Slots));
    }

    /// <summary>Names a partition.</summary>
    public static string OfPartition(string partition) => DigestOf(partition, "ragcaching/vectordata/partition/1");

    /// <summary>Names a label.</summary>
    public static string OfLabel(string label) => DigestOf(label, "ragcaching/vectordata/label/1");

    private static Guid GuidOf(Digest digest)
    {
        Span<byte> bytes = stackalloc byte[Digest.ShortSizeInBytes];
        digest.CopyShortTo(bytes);
        return new Guid(bytes);
    }

    private static string DigestOf(string text, string domain)
    {
        var builder = new DigestBuilder(stackalloc byte[ScratchSize], domain);
        builder.Add(text);
        return builder.Complete([]).ToShortText();
    }
}
