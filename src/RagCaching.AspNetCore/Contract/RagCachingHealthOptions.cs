namespace RagCaching;

/// <summary>What the health check of a cache looks at.</summary>
/// <remarks>Read once, when the check is added.</remarks>
public sealed class RagCachingHealthOptions
{
    /// <summary>Gets or sets the time since the last contact with the journal above which the cache is degraded.</summary>
    /// <value>Positive; default 30 seconds. Only for stores that share a journal.</value>
    public TimeSpan MaxStaleness { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets the scopes whose error budgets are looked at.</summary>
    /// <value>Starts empty: the shared scope, where callers share their answers.</value>
    public IList<CacheScope> Scopes { get; private init; } = [];

    /// <summary>Gets or sets the key under which the cache is registered.</summary>
    /// <value>Default <see langword="null"/>: the host's default cache.</value>
    public object? ServiceKey { get; set; }

    /// <summary>Makes a copy that nobody else can change.</summary>
    internal RagCachingHealthOptions Copy() => new() { MaxStaleness = MaxStaleness, Scopes = [.. Scopes], ServiceKey = ServiceKey };
}
