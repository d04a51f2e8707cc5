namespace RagCaching;

/// <summary>Which halves of the cache a query uses.</summary>
public enum SemanticCacheMode
{
    /// <summary>Look up, and store what had to be generated.</summary>
    ReadWrite,

    /// <summary>Look up, but store nothing.</summary>
    ReadOnly,

    /// <summary>Generate anew and replace what is stored.</summary>
    Refresh,

    /// <summary>Neither look up nor store.</summary>
    Bypass,
}
