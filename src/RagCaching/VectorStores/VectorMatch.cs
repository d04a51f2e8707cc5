namespace RagCaching;

/// <summary>An entry that a search found.</summary>
/// <param name="Entry">The entry. It has its payload and vector only if the query requested them.</param>
/// <param name="Similarity">The cosine of the angle between the query's and the entry's vector, in [-1, 1] up to rounding; higher is closer.</param>
public readonly record struct VectorMatch(VectorEntry Entry, float Similarity);
