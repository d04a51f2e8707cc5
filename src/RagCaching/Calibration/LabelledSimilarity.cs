namespace RagCaching;

/// <summary>The similarity of two questions, and whether the answer to one is right for the other.</summary>
/// <param name="Similarity">Their cosine similarity, in [-1, 1].</param>
/// <param name="IsRight">Whether the answer to one may be served to the other.</param>
public readonly record struct LabelledSimilarity(float Similarity, bool IsRight);
