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
        var pairs = All(questions, vectors);
        return pairs.Find(pair => pair.Similarity >= threshold) ?? pairs[^1];
    }

    /// <summary>Finds a number of pairs above the threshold, of different questions.</summary>
    public static IReadOnlyList<RewordedPair> Above(QuestionSet questions, IReadOnlyDictionary<string, ReadOnlyMemory<float>> vectors, float threshold, int count) =>
        [.. All(questions, vectors).Where(pair => pair.Similarity >= threshold).DistinctBy(pair => pair.Question).TakeLast(count)];

    private static List<RewordedPair> All(QuestionSet questions, IReadOnlyDictionary<string, ReadOnlyMemory<float>> vectors) =>
    [
        .. questions.Questions
            .SelectMany(question => question.Rewordings.Select(rewording => new RewordedPair(
                question.Text, rewording, TensorPrimitives.CosineSimilarity(vectors[question.Text].Span, vectors[rewording].Span))))
            .OrderBy(pair => pair.Similarity),
    ];
}
