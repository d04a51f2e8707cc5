using System.Numerics.Tensors;

namespace RagCaching.LatencyLab.Models;

/// <summary>The stand-in embedding model: hashes words, word pairs and character n-grams into a vector of fixed length.</summary>
/// <remarks>
/// It compares spellings, not meanings: it knows no synonym, has seen no question of the lab and learns nothing. The scheme is the signed
/// hashing trick (Weinberger et al., 2009). Deterministic and thread-safe.
/// </remarks>
internal static class FeatureHashingEncoder
{
    public const int Dimensions = 512;

    private const float WordWeight = 1f;
    private const float StopWordWeight = 0.15f;
    private const float PairWeight = 0.35f;
    private const float CharactersWeight = 0.5f;
    private const int CharactersLength = 4;

    /// <summary>Embeds a text.</summary>
    /// <returns>A vector of unit length.</returns>
    public static float[] Encode(string text)
    {
        var vector = new float[Dimensions];
        string? previous = null;
        foreach (var word in Words.Of(text))
        {
            var isStopWord = StopWords.Contains(word);
            var stem = isStopWord ? word : Stemmer.Stem(word);
            Add(vector, 'w', stem, isStopWord ? StopWordWeight : WordWeight);
            if (isStopWord)
            {
                continue;
            }

            AddCharacters(vector, stem);
            if (previous is not null)
            {
                Add(vector, 'p', $"{previous} {stem}", PairWeight);
            }

            previous = stem;
        }

        var length = TensorPrimitives.Norm<float>(vector);
        if (length == 0)
        {
            // A text without any word still needs a direction.
            vector[0] = length = 1;
        }

        TensorPrimitives.Divide(vector, length, vector);
        return vector;
    }

    private static void AddCharacters(float[] vector, string stem)
    {
        var framed = $"^{stem}$";
        var count = framed.Length - CharactersLength + 1;
        for (var i = 0; i < count; i++)
        {
            // A long word is worth as much as a short one, however many pieces it has.
            Add(vector, 'c', framed.AsSpan(i, CharactersLength), CharactersWeight / MathF.Sqrt(count));
        }
    }

    private static void Add(float[] vector, char kind, ReadOnlySpan<char> feature, float weight)
    {
        var hash = StableHash.Of(kind, feature);
        vector[hash % Dimensions] += (hash & 0x8000_0000) == 0 ? weight : -weight;
    }
}
