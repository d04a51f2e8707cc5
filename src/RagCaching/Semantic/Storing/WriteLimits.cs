namespace RagCaching.Semantic.Storing;

/// <summary>What is stored, and for how long beyond its lifetime.</summary>
/// <param name="MaxAnswerBytes">The largest answer that is stored, in bytes.</param>
/// <param name="StaleIfError">How long past its lifetime an answer is kept; <see langword="null"/> for not at all.</param>
/// <param name="Jitter">By what share of its lifetime an answer is forgotten sooner, at most.</param>
internal readonly record struct WriteLimits(int MaxAnswerBytes, TimeSpan? StaleIfError, double Jitter);
