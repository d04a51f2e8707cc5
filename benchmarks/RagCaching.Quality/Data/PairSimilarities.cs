using System.Numerics.Tensors;
using RagCaching.Quality.Encoding;

namespace RagCaching.Quality.Data;

/// <summary>Cosine similarities of pairs of texts.</summary>
internal static class PairSimilarities
{
    /// <summary>Computes the similarity of every pair that has both texts and no similarity; the others stay as they are.</summary>
    public static IReadOnlyList<LabelledPair> Fill(IReadOnlyList<LabelledPair> pairs, ITextEncoder encoder)
    {
        string[] texts = [.. pairs.Where(IsMissing).SelectMany(pair => (string[])[pair.Question, pair.Candidate]).Distinct(StringComparer.Ordinal)];
        var vectors = texts.Zip(encoder.Encode(texts)).ToDictionary(StringComparer.Ordinal);
        return [.. pairs.Select(pair => IsMissing(pair) ? pair with { Similarity = Cosine(vectors[pair.Question], vectors[pair.Candidate]) } : pair)];
    }

    /// <summary>Gets the cosine of two vectors; 0 where one has no direction, since it is like nothing.</summary>
    public static float Cosine(float[] a, float[] b)
    {
        var cosine = TensorPrimitives.CosineSimilarity(a, b);
        return float.IsNaN(cosine) ? 0 : Math.Clamp(cosine, -1, 1);
    }

    private static bool IsMissing(LabelledPair pair) => float.IsNaN(pair.Similarity) && pair.Question.Length > 0 && pair.Candidate.Length > 0;
}
