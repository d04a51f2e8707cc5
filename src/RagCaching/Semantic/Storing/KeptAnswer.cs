using RagCaching.Semantic.Entries.Answers;

namespace RagCaching.Semantic.Storing;

/// <summary>The outcome of storing a new answer.</summary>
/// <param name="Answer">The answer in the form in which it is stored; <see langword="null"/> where it must not be kept.</param>
/// <param name="Id">The id under which it was stored; <see langword="null"/> where it was not.</param>
internal readonly record struct KeptAnswer(StoredAnswer? Answer, string? Id);
