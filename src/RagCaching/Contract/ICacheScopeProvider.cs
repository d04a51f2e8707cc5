namespace RagCaching;

/// <summary>Determines the scope of the current call, for example from the signed-in user of a web request.</summary>
/// <remarks>
/// Register the provider as a singleton. It is called for every query that names no scope. It must be thread-safe and quick. If it
/// throws, the query bypasses the cache.
/// </remarks>
public interface ICacheScopeProvider
{
    /// <summary>Gets the scope of the current call.</summary>
    /// <returns>The scope, or <see langword="null"/> if the provider does not know it, which is an error unless sharing is on.</returns>
    CacheScope? GetScope();
}
