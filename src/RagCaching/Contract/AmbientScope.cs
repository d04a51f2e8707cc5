namespace RagCaching.Contract;

/// <summary>Who may share answers, as it was when it was read: a stream is often read where somebody else is the current caller.</summary>
internal readonly struct AmbientScope
{
    private readonly CacheScope? _scope;
    private readonly State _state;
    private readonly ICacheScopeProvider? _provider;

    private AmbientScope(State state, CacheScope? scope = null, ICacheScopeProvider? provider = null) => (_state, _scope, _provider) = (state, scope, provider);

    private enum State
    {
        /// <summary>Nothing is known here, and the cache reads it itself.</summary>
        LeftToTheCache,

        Known,

        /// <summary>Nobody named a scope, and callers do not share.</summary>
        Missing,

        /// <summary>It could not be found out.</summary>
        Unknown,
    }

    /// <summary>Gets the value of a cache that could not find the scope out.</summary>
    public static AmbientScope Unknown => new(State.Unknown);

    /// <summary>Gets the value of a cache that has no scope for its caller.</summary>
    /// <param name="provider">What was asked and named none; <see langword="null"/> if there is nothing to ask.</param>
    public static AmbientScope Missing(ICacheScopeProvider? provider) => new(State.Missing, provider: provider);

    public static AmbientScope Of(CacheScope scope) => new(State.Known, scope);

    /// <summary>Names the scope in a query that names none.</summary>
    /// <exception cref="InvalidOperationException">No scope is known.</exception>
    public SemanticCacheQuery ApplyTo(SemanticCacheQuery query)
    {
        if (query.Scope is not null || query.Mode == SemanticCacheMode.Bypass)
        {
            return query;
        }

        return _state switch
        {
            State.Known => query.With(_scope!),
            State.Unknown => query.Bypassing(SemanticCacheReason.ScopeUnknown),
            State.Missing => throw NotNamed(_provider),
            _ => query,
        };
    }

    /// <summary>Makes the exception of a call for which no scope is known.</summary>
    /// <param name="provider">What was asked and named none; <see langword="null"/> if there is nothing to ask.</param>
    public static InvalidOperationException NotNamed(ICacheScopeProvider? provider) => new(
        (provider is null
            ? "It is not known who may share this answer. Name a scope (SemanticCacheQuery.Scope, or register an ICacheScopeProvider) to keep "
            : $"It is not known who may share this answer: the ICacheScopeProvider {provider.GetType().Name} returned null. Let it return a scope for this caller, or name one (SemanticCacheQuery.Scope), to keep ")
        + "callers apart, or set SemanticCacheOptions.ShareAcrossCallers to true if all callers may see each other's answers.");
}
