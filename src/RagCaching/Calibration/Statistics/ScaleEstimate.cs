using System.Numerics.Tensors;

namespace RagCaching.Calibration.Statistics;

/// <summary>Measures the scale of an embedding model on a sample of stored questions.</summary>
/// <remarks>
/// The distance 1 − t of a threshold is a share of the distance between identical and unrelated questions, so that a model that gives all its vectors a common direction gets the threshold that it would have without.
/// The share shrinks with the square of how far the nearest questions stand out of the unrelated ones, in standard deviations: where they hardly do, because the model is weak or because all questions are alike, only what is almost identical is safe.
/// </remarks>
internal static class ScaleEstimate
{
    /// <summary>How many questions are measured; their number is a part of the statistic, since the nearest of more is nearer.</summary>
    public const int Questions = 256;

    // Of all-MiniLM-L6-v2 on the sets of docs/decisions/scale.md: the share of the distance that 0.90 leaves, and how far nearest questions stand out.
    private const double ReferenceShare = 0.118;
    private const double ReferenceDistinction = 3.3;

    private const double LeastProposal = 0.90;
    private const double LargestProposal = 0.995;

    // Proposals are rounded up to whole steps.
    private const double Step = 0.005;

    // Nearer than this two texts are the same to the model: punctuation, or a word that it does not know.
    private const float Identical = 0.9999f;

    // A model for which all questions are equally far from each other has no scale.
    private const double LeastSpread = 1e-4;

    /// <summary>Measures a sample.</summary>
    /// <param name="sample">At least two vectors of norm 1 and the same number of dimensions.</param>
    /// <returns>The scale; <see langword="null"/> where the vectors have none.</returns>
    public static SimilarityScale? Of(IReadOnlyList<float[]> sample)
    {
        var nearest = new float[sample.Count];
        Array.Fill(nearest, -1);
        var (sum, squares, pairs) = (0.0, 0.0, 0L);
        for (var i = 0; i < sample.Count; i++)
        {
            for (var j = i + 1; j < sample.Count; j++)
            {
                var similarity = TensorPrimitives.Dot<float>(sample[i], sample[j]);
                sum += similarity;
                squares += (double)similarity * similarity;
                pairs++;
                if (similarity < Identical)
                {
                    nearest[i] = Math.Max(nearest[i], similarity);
                    nearest[j] = Math.Max(nearest[j], similarity);
                }
            }
        }

        var unrelated = sum / pairs;
        var spread = Math.Sqrt(Math.Max(0, (squares / pairs) - (unrelated * unrelated)));
        Array.Sort(nearest);
        var median = nearest[nearest.Length / 2];
        return !(spread >= LeastSpread) ? null : new SimilarityScale
        {
            Questions = sample.Count,
            Unrelated = (float)unrelated,
            Spread = (float)spread,
            Nearest = median,
            ProposedSimilarity = (float)Proposal(unrelated, (median - unrelated) / spread),
        };
    }

    private static double Proposal(double unrelated, double distinction)
    {
        var standing = Math.Max(0, distinction) / ReferenceDistinction;
        var proposal = 1 - (ReferenceShare * (1 - unrelated) * standing * standing);
        return Math.Clamp(Math.Ceiling(proposal / Step) * Step, LeastProposal, LargestProposal);
    }
}
