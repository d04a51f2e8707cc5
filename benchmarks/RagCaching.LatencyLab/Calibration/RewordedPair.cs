using System.Numerics.Tensors;
using RagCaching.LatencyLab.Traffic;

namespace RagCaching.LatencyLab.Calibration;

/// <summary>A question and one of its re-wordings.</summary>
internal sealed record RewordedPair(string Question, string Rewording, float Similarity)
{
    /// <summary>Finds the pair that differs most and still reaches the threshold: it shows most.</summary>
    /// <returns>That pair, or the one that comes nearest to the threshold if none reaches it.</returns>
    public static RewordedPair Find(QuestionSet questions, IReadOnlyDictionary<string, ReadOnlyMemory<float>> vectors, float threshold)
    {
        var pairs = questions.Questions
            .SelectMany(question => question.Rewordings.Select(rewording => new RewordedPair(
                question.Text, rewording, TensorPrimitives.CosineSimilarity(vectors[question.Text].Span, vectors[rewording].Span))))
            .OrderBy(pair => pair.Similarity)
            .ToList();
        return pairs.Find(pair => pair.Similarity >= threshold) ?? pairs[^1];
    }
}
