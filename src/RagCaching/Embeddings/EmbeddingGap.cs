namespace RagCaching.Embeddings;

/// <summary>A place in an answer that the local tier could not fill.</summary>
/// <param name="Index">The place.</param>
/// <param name="Text">The text that belongs there.</param>
/// <param name="BypassReason">Why the cache takes no part, or <see langword="null"/> if it does.</param>
internal readonly record struct EmbeddingGap(int Index, string Text, string? BypassReason);
