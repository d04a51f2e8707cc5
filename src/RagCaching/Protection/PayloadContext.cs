using RagCaching.Internal.Digests;

namespace RagCaching.Protection;

/// <summary>Names what a protected payload belongs to, so that it opens nowhere else: under another key, in another scope or for another model.</summary>
/// <remarks>A partition is a digest of scope, model and partition, so it stands for all three. The version is in the domain.</remarks>
internal static class PayloadContext
{
    private const int ScratchSize = 1024;

    /// <summary>Names the vector and the answer of an entry.</summary>
    public static Digest OfContent(string partition, string id, IReadOnlyList<string> labels)
    {
        var builder = new DigestBuilder(stackalloc byte[ScratchSize], "ragcaching/protected/content/1");
        builder.Add(partition);
        builder.Add(id);

        // The scope is among the labels. Engines may keep them in another order.
        foreach (var label in labels.Order(StringComparer.Ordinal))
        {
            builder.Add(label);
        }

        return builder.Complete([]);
    }

    /// <summary>Names the metadata of an entry, which changes without the rest.</summary>
    public static Digest OfMetadata(string partition, string id)
    {
        var builder = new DigestBuilder(stackalloc byte[ScratchSize], "ragcaching/protected/metadata/1");
        builder.Add(partition);
        builder.Add(id);
        return builder.Complete([]);
    }

    /// <summary>Names what error budgets tell each other.</summary>
    public static Digest OfLearning(string topic)
    {
        var builder = new DigestBuilder(stackalloc byte[ScratchSize], "ragcaching/protected/learning/1");
        builder.Add(topic);
        return builder.Complete([]);
    }

    /// <summary>Names an embedding.</summary>
    /// <param name="key">The key it is stored under.</param>
    /// <param name="variant">The digest of the model and all that shapes the vector.</param>
    public static Digest OfEmbedding(Digest key, Digest variant)
    {
        var builder = new DigestBuilder(stackalloc byte[ScratchSize], "ragcaching/protected/embedding/1");
        builder.Add(key);
        builder.Add(variant);
        return builder.Complete([]);
    }
}
