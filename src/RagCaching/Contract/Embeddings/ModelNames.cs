namespace RagCaching.Contract.Embeddings;

/// <summary>Reads the ids of embedding models as their providers write them.</summary>
internal static class ModelNames
{
    /// <summary>
    /// Gets the name in an id, without an organisation before it (<c>sentence-transformers/all-MiniLM-L6-v2</c>) and without a tag (<c>all-minilm:latest</c>) or a digest
    /// (<c>all-MiniLM-L6-v2@0a1b2c3d</c>) behind it.
    /// </summary>
    public static ReadOnlySpan<char> NameIn(string? modelId)
    {
        var name = modelId.AsSpan()[((modelId?.LastIndexOf('/') ?? -1) + 1)..];
        var end = name.IndexOfAny(':', '@');
        return end < 0 ? name : name[..end];
    }
}
