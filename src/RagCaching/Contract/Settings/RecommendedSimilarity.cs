using System.Collections.Frozen;
using RagCaching.Contract.Embeddings;

namespace RagCaching;

/// <summary>Similarity thresholds that were measured for embedding models: no single cosine is right for every model.</summary>
/// <remarks>
/// The measurements are in docs/choosing-a-limit.md: real questions, the lexical guard on. A threshold is a compromise; an error budget adapts to the traffic. Thread-safe.
/// </remarks>
public static class RecommendedSimilarity
{
    private static readonly FrozenDictionary<string, float> ByModel = new Dictionary<string, float>
    {
        ["all-minilm-l6-v2"] = 0.90f,
        ["all-minilm"] = 0.90f,
        ["all-minilm-l6-v2-int8"] = 0.90f,

        // The strictest that was measured; 0.96 serves two to four times as many wrong answers.
        ["snowflake-arctic-embed-xs"] = 0.98f,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds the threshold for an embedding model.</summary>
    /// <param name="modelId">
    /// The model's id as its provider writes it: an organisation before the name (<c>sentence-transformers/all-MiniLM-L6-v2</c>) and a tag (<c>all-minilm:latest</c>) or a
    /// digest (<c>all-MiniLM-L6-v2@0a1b2c3d</c>) behind it make no difference, and neither does case.
    /// </param>
    /// <returns>A cosine; <see langword="null"/> for a model that was not measured, or whose id is not known.</returns>
    public static float? For(string? modelId) =>
        ByModel.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(ModelNames.NameIn(modelId), out var similarity) ? similarity : null;
}
