namespace RagCaching.ErrorBudgets.Model;

/// <summary>A stored question near the one being asked.</summary>
/// <param name="Question">The stored question.</param>
/// <param name="Nonce">What names its answer among all that were ever stored.</param>
/// <param name="Group">The group of answers that say the same.</param>
/// <param name="Similarity">The cosine of the two questions.</param>
/// <param name="CreatedAt">When the answer was stored.</param>
internal sealed record Neighbour(string Question, string Nonce, ulong Group, float Similarity, DateTimeOffset CreatedAt);
