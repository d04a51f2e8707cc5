using System.Diagnostics.CodeAnalysis;

namespace RagCaching.Semantic.Requests;

/// <summary>The outcome of checking a query: a request, or the reason why it bypasses the cache.</summary>
internal readonly struct CheckedQuery
{
    private CheckedQuery(CacheRequest? request, SemanticCacheReason bypassReason) => (Request, BypassReason) = (request, bypassReason);

    /// <summary>Gets the request; <see langword="null"/> where the cache is bypassed.</summary>
    public CacheRequest? Request { get; }

    /// <summary>Gets why the cache is bypassed; <see cref="SemanticCacheReason.None"/> where it is not.</summary>
    public SemanticCacheReason BypassReason { get; }

    /// <summary>Gets a value indicating whether the cache is bypassed.</summary>
    [MemberNotNullWhen(false, nameof(Request))]
    public bool IsBypassed => Request is null;

    public static CheckedQuery Of(CacheRequest request) => new(request, SemanticCacheReason.None);

    public static CheckedQuery Bypass(SemanticCacheReason reason) => new(null, reason);
}
