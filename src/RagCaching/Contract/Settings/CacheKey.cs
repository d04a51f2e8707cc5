namespace RagCaching.Contract.Settings;

/// <summary>The key of a cache of the host, for messages about keys that no cache has.</summary>
/// <param name="Name">The text of the key.</param>
internal sealed record CacheKey(string Name);
