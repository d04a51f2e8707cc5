using Microsoft.Extensions.AI;
using RagCaching.Comparers;

namespace RagCaching;

/// <summary>Provides ready-made <see cref="IAnswerComparer"/>s. To let a model judge, use <c>UseChatClientComparer</c>.</summary>
public static class AnswerComparers
{
    internal const float DefaultMinimumSimilarity = 0.85f;

    /// <summary>Gets a comparer for labels, names, numbers and other short answers. It ignores case, punctuation and white space.</summary>
    /// <value>
    /// Two different texts of up to 80 characters are <see cref="AnswerComparison.Different"/>. For longer different texts, the comparison is
    /// <see cref="AnswerComparison.Unknown"/>. It calls no model.
    /// </value>
    public static IAnswerComparer ShortAnswers { get; } = new ShortAnswerComparer();

    /// <summary>Creates a comparer for prose. It compares short answers by their text, and longer ones by the similarity of their vectors and a <see cref="LexicalGuard"/>.</summary>
    /// <param name="generator">Embeds the answers, both in one call. Not disposed.</param>
    /// <param name="minimumSimilarity">The cosine similarity at or above which two answers say the same, in [-1, 1]; default 0.85. The right value depends on the embedding model.</param>
    /// <returns>A comparer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The similarity is not a cosine.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="generator"/> is <see langword="null"/>.</exception>
    public static IAnswerComparer Prose(IEmbeddingGenerator<string, Embedding<float>> generator, float minimumSimilarity = DefaultMinimumSimilarity)
    {
        ArgumentNullException.ThrowIfNull(generator);
        if (!(minimumSimilarity is >= -1 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(minimumSimilarity), minimumSimilarity, "The similarity is a cosine and must be in [-1, 1].");
        }

        return new DefaultComparer(new ProseComparer(generator, minimumSimilarity));
    }
}
