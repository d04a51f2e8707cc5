using RagCaching.Pipeline.Diagnostics;
using RagCaching.Pipeline.Faults;
using RagCaching.Pipeline.Retrieval;

namespace RagCaching.Pipeline.Selection;

/// <summary>Chooses the chunks that a model is given: by relative score, then by rank or diversity, within a budget of tokens.</summary>
internal sealed class ChunkSelector(ChunkSelectionOptions options, ICachedEmbedder? embedder, PipelineTelemetry telemetry)
{
    // Each chunk chosen is compared with all others: beyond this many, diversity would cost more than it gives.
    private const int MostCompared = 64;

    /// <summary>Chooses.</summary>
    /// <param name="ranked">What was retrieved, best first.</param>
    /// <param name="request">The question.</param>
    /// <param name="cancellationToken">Cancels embedding.</param>
    /// <returns>The chunks in the order in which the model reads them.</returns>
    public async ValueTask<IReadOnlyList<RetrievedChunk>> SelectAsync(
        IReadOnlyList<RankedChunk> ranked, RetrievalRequest request, CancellationToken cancellationToken)
    {
        RetrievedChunk[] candidates = [.. ranked.Where(chunk => chunk.RelativeScore >= options.MinimumRelativeScore).Select(chunk => chunk.Chunk)];
        return WithinBudget(await OrderAsync(candidates, request, cancellationToken).ConfigureAwait(false));
    }

    private async ValueTask<IEnumerable<RetrievedChunk>> OrderAsync(RetrievedChunk[] candidates, RetrievalRequest request, CancellationToken cancellationToken)
    {
        if (options.Diversity == 0 || embedder is null || candidates.Length < 2)
        {
            return candidates;
        }

        var compared = candidates[..Math.Min(candidates.Length, MostCompared)];
        return await FaultBarrier.RunAsync<IEnumerable<RetrievedChunk>>(
            async token =>
            {
                var question = await request.GetVectorAsync(token).ConfigureAwait(false);
                var vectors = await embedder.GenerateAsync(compared.Select(chunk => chunk.Text), options: null, token).ConfigureAwait(false);
                return MarginalRelevance.Order(question, [.. vectors.Select(vector => vector.Vector)], options.Diversity).Select(index => compared[index]);
            },
            exception =>
            {
                // The chunks are good in the order of their rank, too.
                telemetry.NotDiversified(exception);
                return candidates;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private List<RetrievedChunk> WithinBudget(IEnumerable<RetrievedChunk> ordered)
    {
        var chosen = new List<RetrievedChunk>(options.MaxChunks);
        long tokens = 0;
        foreach (var chunk in ordered)
        {
            if (chosen.Count == options.MaxChunks)
            {
                break;
            }

            var size = TokensOf(chunk.Text);
            if (chosen.Count == 0 || tokens + size <= options.MaxTokens)
            {
                chosen.Add(chunk);
                tokens += size;
            }
        }

        return chosen;
    }

    private int TokensOf(string text) => options.TokenCounter?.Invoke(text) ?? TokenEstimate.Of(text);
}
