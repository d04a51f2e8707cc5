namespace RagCaching.Quality.Data;

/// <summary>Two questions, and whether the answer to one is right for the other.</summary>
/// <param name="Question">The question being asked; empty where only similarities are known.</param>
/// <param name="Candidate">The stored question; empty where only similarities are known.</param>
/// <param name="IsRight">Whether the answer to the candidate serves the question.</param>
/// <param name="Similarity">Their cosine similarity; NaN where it is not known.</param>
/// <param name="Kind">What the pair tests; empty where the data does not say.</param>
internal sealed record LabelledPair(string Question, string Candidate, bool IsRight, float Similarity, string Kind);
