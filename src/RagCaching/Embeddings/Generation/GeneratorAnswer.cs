using Microsoft.Extensions.AI;
using RagCaching.Embeddings.Codecs;

namespace RagCaching.Embeddings.Generation;

/// <summary>Checks what a generator returned.</summary>
internal static class GeneratorAnswer
{
    /// <summary>Throws unless there is one embedding for each text: with any other number nobody knows which belongs to which.</summary>
    public static void Check(GeneratedEmbeddings<Embedding<float>>? embeddings, int expected)
    {
        var actual = embeddings?.Count(embedding => embedding is not null) ?? 0;
        if (embeddings is null || embeddings.Count != expected || actual != expected)
        {
            throw new InvalidOperationException(
                $"The embedding generator was given {expected} texts and returned {embeddings?.Count ?? 0} embeddings, {actual} of them not null. Nothing of this batch was cached.");
        }
    }

    /// <summary>Finds the number of dimensions that all usable vectors have in common.</summary>
    /// <param name="embeddings">The answer.</param>
    /// <param name="dimensions">Receives the number, or 0 if no vector is usable.</param>
    /// <returns><see langword="false"/> if they differ.</returns>
    public static bool HaveCommonDimensions(GeneratedEmbeddings<Embedding<float>> embeddings, out int dimensions)
    {
        dimensions = 0;
        foreach (var embedding in embeddings)
        {
            var vector = embedding.Vector.Span;
            if (!VectorCodec.IsCacheable(vector))
            {
                continue;
            }

            if (dimensions != 0 && dimensions != vector.Length)
            {
                return false;
            }

            dimensions = vector.Length;
        }

        return true;
    }
}
