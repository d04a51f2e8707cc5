namespace RagCaching.FetchData.Cutting;

/// <summary>Two questions, and whether the answer to one serves the other.</summary>
internal sealed record Pair(string Id, string A, string B, bool IsRight);
