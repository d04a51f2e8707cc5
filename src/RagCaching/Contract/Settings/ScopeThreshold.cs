namespace RagCaching;

/// <summary>A separate similarity threshold for one scope.</summary>
public sealed class ScopeThreshold
{
    /// <summary>Gets the parts of the scope, as given to <see cref="CacheScope.For"/>.</summary>
    /// <value>Starts empty, which means <see cref="CacheScope.Shared"/>.</value>
    public IList<string> Scope { get; } = [];

    /// <summary>Gets or sets the similarity at or above which a stored answer may be served in this scope.</summary>
    /// <value>A cosine in [-1, 1], higher or lower than the threshold of the other scopes; default 0.95.</value>
    public float MinimumSimilarity { get; set; } = SemanticCacheOptions.DefaultMinimumSimilarity;

    /// <summary>Makes the scope of the parts.</summary>
    /// <exception cref="ArgumentException">A part is blank.</exception>
    internal CacheScope ToScope() => Scope.Count == 0 ? CacheScope.Shared : CacheScope.For([.. Scope]);

    /// <summary>Makes a copy that nobody else can change.</summary>
    internal ScopeThreshold Copy()
    {
        var copy = new ScopeThreshold { MinimumSimilarity = MinimumSimilarity };
        foreach (var part in Scope)
        {
            copy.Scope.Add(part);
        }

        return copy;
    }
}
