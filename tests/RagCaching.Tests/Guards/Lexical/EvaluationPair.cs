namespace RagCaching.Tests.Guards.Lexical;

/// <summary>Two questions, and whether the answer to one serves the other.</summary>
internal sealed record EvaluationPair(string Question, string Candidate, bool IsRight, float Similarity, string Test);
