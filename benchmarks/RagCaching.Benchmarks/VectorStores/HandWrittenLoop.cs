using System.Numerics.Tensors;

namespace RagCaching.Benchmarks.VectorStores;

/// <summary>The search that one would write by hand, which the store is compared with in time and in result.</summary>
internal static class HandWrittenLoop
{
    // Both round; they add the products in different orders.
    private const float Tolerance = 2e-6f;

    /// <summary>Finds the highest cosine.</summary>
    public static float Best(List<float[]> vectors, float[] query)
    {
        var best = float.NegativeInfinity;
        foreach (var vector in vectors)
        {
            best = Math.Max(best, TensorPrimitives.CosineSimilarity(query, vector));
        }

        return best;
    }

    /// <summary>Checks that the store has found what the loop has.</summary>
    /// <param name="best">What <see cref="Best"/> returned.</param>
    /// <param name="floor">The floor of the store's search.</param>
    /// <param name="matches">What the store returned.</param>
    /// <exception cref="InvalidOperationException">It has found something else.</exception>
    public static void ThrowUnlessFound(float best, float floor, IReadOnlyList<VectorMatch> matches)
    {
        if ((best >= floor + Tolerance && matches.Count == 0) || (matches.Count > 0 && Math.Abs(matches[0].Similarity - best) > Tolerance))
        {
            throw new InvalidOperationException($"The store found {(matches.Count == 0 ? "nothing" : matches[0].Similarity)} and the loop {best}.");
        }
    }
}
