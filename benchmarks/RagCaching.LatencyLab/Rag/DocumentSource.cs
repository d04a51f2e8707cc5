using System.Numerics.Tensors;

namespace RagCaching.LatencyLab.Rag;

/// <summary>One place to search, which takes its time as a search service does.</summary>
internal sealed class DocumentSource(string name, IReadOnlyList<(DocumentChunk Chunk, ReadOnlyMemory<float> Vector)> rows, TimeSpan latency, TimeProvider time)
{
    public string Name => name;

    public int Count => rows.Count;

    /// <summary>Finds the chunks nearest to a vector.</summary>
    /// <returns>At most <paramref name="limit"/> chunks, best first, with their similarity.</returns>
    public async Task<IReadOnlyList<(DocumentChunk Chunk, float Similarity)>> SearchAsync(
        ReadOnlyMemory<float> vector, int limit, CancellationToken cancellationToken)
    {
        await Task.Delay(latency, time, cancellationToken);
        return
        [
            .. rows
                .Select(row => (row.Chunk, Similarity: TensorPrimitives.CosineSimilarity(row.Vector.Span, vector.Span)))
                .OrderByDescending(match => match.Similarity)
                .Take(limit),
        ];
    }
}
