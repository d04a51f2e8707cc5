using RagCaching.Pipeline.Retrieval;

namespace RagCaching.Pipeline.Reranking;

/// <summary>Calls a reranker, and checks what it returns.</summary>
internal sealed class RerankCall(IReranker reranker, TimeSpan limit, TimeProvider time)
{
    /// <summary>Scores chunks.</summary>
    /// <returns>The scores of the chunks that the reranker returned, best first.</returns>
    /// <exception cref="TimeoutException">The reranker is late.</exception>
    /// <exception cref="InvalidOperationException">What it returned cannot be used.</exception>
    public async Task<IReadOnlyList<ChunkScore>> ScoreAsync(string question, IReadOnlyList<RankedChunk> chunks, CancellationToken cancellationToken)
    {
        RetrievedChunk[] given = [.. chunks.Select(chunk => chunk.Chunk)];
        var returned = await TimeLimit.RunAsync(
            token => reranker.RerankAsync(question, given, token).AsTask(), limit, time, $"The reranker '{reranker.Name}'", cancellationToken).ConfigureAwait(false)
            ?? throw Fault("null instead of a list of chunks");

        // Ids are of their own in a list that was merged.
        var places = given.Index().ToDictionary(item => item.Item.Id, item => item.Index, StringComparer.Ordinal);
        var scores = new List<ChunkScore>(given.Length);
        foreach (var (chunk, score) in returned)
        {
            if (chunk is null || !places.Remove(chunk.Id, out var place))
            {
                throw Fault("a chunk that it was not given, or one twice");
            }

            scores.Add(double.IsFinite(score) ? new ChunkScore(place, score) : throw Fault($"the score {score}"));
        }

        // OrderByDescending keeps equal ones in order.
        return [.. scores.OrderByDescending(score => score.Score)];
    }

    private InvalidOperationException Fault(string what) => new($"The reranker '{reranker.Name}' returned {what}.");
}
