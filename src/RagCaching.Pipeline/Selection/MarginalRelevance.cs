using System.Numerics.Tensors;

namespace RagCaching.Pipeline.Selection;

/// <summary>Orders chunks by maximal marginal relevance: near the question, far from what was chosen before.</summary>
/// <remarks>
/// O(n²·d) for n chunks of d dimensions. Source: Carbonell and Goldstein, "The Use of MMR, Diversity-Based Reranking for Reordering Documents and Producing
/// Summaries", SIGIR 1998; λ there is 1 − diversity here.
/// </remarks>
internal static class MarginalRelevance
{
    /// <summary>Orders.</summary>
    /// <param name="question">The vector of the question, d components.</param>
    /// <param name="chunks">The vectors of the chunks, d components each.</param>
    /// <param name="diversity">In [0, 1]; 0 orders by similarity to the question alone.</param>
    /// <returns>The indices of all chunks, in order; of equally good ones the earlier first.</returns>
    /// <exception cref="ArgumentException">Two vectors have different numbers of dimensions.</exception>
    public static IEnumerable<int> Order(ReadOnlyMemory<float> question, ReadOnlyMemory<float>[] chunks, double diversity)
    {
        var relevance = Array.ConvertAll(chunks, chunk => (double)SimilarityOf(question.Span, chunk.Span));
        var nearestChosen = new double[chunks.Length];
        Array.Fill(nearestChosen, -1);
        var left = Enumerable.Range(0, chunks.Length).ToList();
        var order = new List<int>(chunks.Length);
        while (left.Count > 0)
        {
            var next = left.MaxBy(index => ((1 - diversity) * relevance[index]) - (diversity * nearestChosen[index]));
            order.Add(next);
            left.Remove(next);
            foreach (var index in left)
            {
                nearestChosen[index] = Math.Max(nearestChosen[index], SimilarityOf(chunks[next].Span, chunks[index].Span));
            }
        }

        return order;
    }

    // A vector without a direction is like no other one. NaN would be neither less nor more than anything.
    private static float SimilarityOf(ReadOnlySpan<float> a, ReadOnlySpan<float> b) =>
        TensorPrimitives.CosineSimilarity(a, b) is var similarity && float.IsNaN(similarity) ? -1 : similarity;
}
