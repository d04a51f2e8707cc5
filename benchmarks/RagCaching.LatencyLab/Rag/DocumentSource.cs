using System.Numerics.Tensors;

namespace RagCaching.LatencyLab.Rag;

/// <summary>One place to search, which takes its time as a search service does.</summary>
internal sealed class DocumentSource(string name, IReadOnlyList<(DocumentChunk Chunk, ReadOnlyMemory<float>[] Vectors)> rows, TimeSpan latency, TimeProvider time)
{
    public string Name => name;

    public int Count => rows.Count;

    /// <summary>Makes the same source with another latency.</summary>
    public DocumentSource At(TimeSpan otherLatency) => new(name, rows, otherLatency, time);

    /// <summary>Finds the chunks with the sentences nearest to a vector.</summary>
    /// <returns>At most <paramref name="limit"/> chunks, best first, with their similarity.</returns>
    public async Task<IReadOnlyList<RetrievedChunk>> SearchAsync(ReadOnlyMemory<float> vector, int limit, CancellationToken cancellationToken)
    {
        await Task.Delay(latency, time, cancellationToken);
        return
        [
            .. rows
                .Select((row, index) => (row.Chunk, index, Similarity: row.Vectors.Max(sentence => TensorPrimitives.CosineSimilarity(sentence.Span, vector.Span))))
                .OrderByDescending(match => match.Similarity)
                .Take(limit)
                .Select(match => new RetrievedChunk
                {
                    Id = $"{name}#{match.index}",
                    Text = match.Chunk.Searchable,
                    SourceId = match.Chunk.File,
                    Score = match.Similarity,
                }),
        ];
    }
}
