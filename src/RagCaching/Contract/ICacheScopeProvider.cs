namespace RagCaching;

/// <summary>Tells in whose name the current call is made, for example from the signed-in user of a web request.</summary>
/// <remarks>
/// Register one as a singleton; it is asked for every query that names no scope of its own. It must be thread-safe and quick. When it
/// throws, the query bypasses the cache.
/// </remarks>
public interface ICacheScopeProvider
{
    /// <summary>Gets the scope of the current call.</summary>
    /// <returns>The scope, or <see langword="null"/> when the provider does not know, which is an error unless sharing is on.</returns>
    CacheScope? GetScope();
}
