using System.Numerics.Tensors;
using RagCaching.LatencyLab.Models;
using RagCaching.LatencyLab.Traffic;

namespace RagCaching.LatencyLab.Calibration;

/// <summary>A question and one of its re-wordings.</summary>
internal sealed record RewordedPair(string Question, string Rewording, float Similarity)
{
    /// <summary>Finds the pair with the fewest words in common that is still served: it shows most.</summary>
    /// <param name="questions">The questions.</param>
    /// <param name="vectors">Their vectors.</param>
    /// <param name="threshold">The floor of the cache.</param>
    /// <param name="guard">The guard of the cache.</param>
    /// <returns>That pair, or the one that comes nearest to the threshold if none is served.</returns>
    public static RewordedPair Find(QuestionSet questions, IReadOnlyDictionary<string, ReadOnlyMemory<float>> vectors, float threshold, IMatchGuard guard)
    {
        var pairs = All(questions, vectors);
        return pairs.Where(pair => IsServed(pair, threshold, guard)).MinBy(SharedWords) ?? pairs[^1];
    }

    /// <summary>Finds at most so many pairs that are served, each with a re-wording of its own.</summary>
    public static IReadOnlyList<RewordedPair> Served(
        QuestionSet questions, IReadOnlyDictionary<string, ReadOnlyMemory<float>> vectors, float threshold, IMatchGuard guard, int count) =>
        [.. All(questions, vectors).Where(pair => IsServed(pair, threshold, guard)).TakeLast(count)];

    private static bool IsServed(RewordedPair pair, float threshold, IMatchGuard guard) => pair.Similarity >= threshold && guard.Allows(pair.Rewording, pair.Question);

    /// <summary>Gets the words of both divided by the words of either.</summary>
    private static double SharedWords(RewordedPair pair)
    {
        var (a, b) = (Words.Of(pair.Question).ToHashSet(StringComparer.Ordinal), Words.Of(pair.Rewording).ToHashSet(StringComparer.Ordinal));
        var both = a.Count(b.Contains);
        return (double)both / (a.Count + b.Count - both);
    }

    private static List<RewordedPair> All(QuestionSet questions, IReadOnlyDictionary<string, ReadOnlyMemory<float>> vectors) =>
    [
        .. questions.Questions
            .SelectMany(question => question.Rewordings.Select(rewording => new RewordedPair(
                question.Text, rewording, TensorPrimitives.CosineSimilarity(vectors[question.Text].Span, vectors[rewording].Span))))
            .OrderBy(pair => pair.Similarity),
    ];
}
