using Microsoft.AspNetCore.Http;

namespace RagCaching;

/// <summary>Who may use the endpoints of a cache, what they see, and which cache it is.</summary>
/// <remarks>Read once, when the endpoints are mapped.</remarks>
public sealed class RagCachingEndpointOptions
{
    /// <summary>Gets or sets the name of the authorization policy that every endpoint requires.</summary>
    /// <value>Default <see langword="null"/>: the host's default policy, which any signed-in user meets unless the host says otherwise.</value>
    public string? AuthorizationPolicy { get; set; }

    /// <summary>Gets or sets a value indicating whether everybody may use the endpoints. For development; the log warns.</summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool AllowAnonymous { get; set; }

    /// <summary>Gets or sets a value indicating whether questions and answers are shown and exported.</summary>
    /// <value>Default <see langword="false"/>: only their lengths are.</value>
    public bool EnableSensitiveData { get; set; }

    /// <summary>Gets or sets what says which scope a request may see and change. Nothing that the request itself holds names a scope otherwise.</summary>
    /// <value>
    /// Default <see langword="null"/>. Where there is none, or it returns <see langword="null"/>, the request covers every scope with <see cref="AllScopes"/>, the shared one with
    /// <see cref="SemanticCacheOptions.ShareAcrossCallers"/>, and is refused otherwise.
    /// </value>
    public Func<HttpContext, CacheScope?>? Scope { get; set; }

    /// <summary>Gets or sets a value indicating whether requests for which <see cref="Scope"/> names none cover all scopes.</summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool AllScopes { get; set; }

    /// <summary>Gets or sets the key under which the cache is registered.</summary>
    /// <value>Default <see langword="null"/>: the host's default cache.</value>
    public object? ServiceKey { get; set; }

    /// <summary>Makes a copy that nobody else can change.</summary>
    internal RagCachingEndpointOptions Copy() => (RagCachingEndpointOptions)MemberwiseClone();
}
