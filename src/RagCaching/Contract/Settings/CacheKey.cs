namespace RagCaching.Contract.Settings;

/// <summary>The key of a cache of the host, for messages.</summary>
/// <param name="Value">The key; <see langword="null"/> for the default cache.</param>
internal sealed record CacheKey(object? Value);
