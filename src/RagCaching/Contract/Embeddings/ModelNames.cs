namespace RagCaching.Contract.Embeddings;

/// <summary>Reads the ids of embedding models as their providers write them.</summary>
internal static class ModelNames
{
    /// <summary>Gets the name in an id, without an organisation before it (<c>sentence-transformers/all-MiniLM-L6-v2</c>) and a tag behind it (<c>all-minilm:latest</c>).</summary>
    public static ReadOnlySpan<char> NameIn(string? modelId)
    {
        var name = modelId.AsSpan()[((modelId?.LastIndexOf('/') ?? -1) + 1)..];
        var tag = name.IndexOf(':');
        return tag < 0 ? name : name[..tag];
    }
}
