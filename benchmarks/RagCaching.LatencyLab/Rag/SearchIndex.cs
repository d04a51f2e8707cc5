namespace RagCaching.LatencyLab.Rag;

/// <summary>Embeds what the lab needs vectors of, through the embedding cache.</summary>
internal static class SearchIndex
{
    public static async Task<IReadOnlyList<DocumentSource>> BuildAsync(
        ICachedEmbedder embedder,
        IReadOnlyDictionary<string, IReadOnlyList<DocumentChunk>> documentation,
        TimeSpan latency,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var sources = new List<DocumentSource>();
        foreach (var (name, chunks) in documentation.Where(source => source.Value.Count > 0))
        {
            var vectors = await EmbedAsync(embedder, chunks.SelectMany(chunk => chunk.Embedded).Distinct(StringComparer.Ordinal), cancellationToken);
            sources.Add(new DocumentSource(name, [.. chunks.Select(chunk => (chunk, chunk.Embedded.Select(text => vectors[text]).ToArray()))], latency, time));
        }

        return sources;
    }

    public static async Task<IReadOnlyDictionary<string, ReadOnlyMemory<float>>> EmbedAsync(
        ICachedEmbedder embedder, IEnumerable<string> texts, CancellationToken cancellationToken)
    {
        var list = texts.ToList();
        var vectors = await embedder.GenerateAsync(list, cancellationToken: cancellationToken);
        return list.Zip(vectors).ToDictionary(pair => pair.First, pair => pair.Second.Vector, StringComparer.Ordinal);
    }
}
