namespace RagCaching.Embeddings;

/// <summary>What came of a read from the storage.</summary>
/// <param name="Vector">The embedding, or <see langword="null"/> for a miss.</param>
/// <param name="IsRefused">Whether the storage failed on the key. Something may be there that it can neither read nor write over.</param>
internal readonly record struct StorageAnswer(CachedVector? Vector, bool IsRefused);
