namespace RagCaching;

/// <summary>Specifies whether a query looks up stored answers, stores new ones, or both.</summary>
public enum SemanticCacheMode
{
    /// <summary>Look up stored answers, and store generated ones.</summary>
    ReadWrite,

    /// <summary>Look up stored answers, but store nothing.</summary>
    ReadOnly,

    /// <summary>Generate a new answer, and replace the stored one.</summary>
    Refresh,

    /// <summary>Neither look up nor store.</summary>
    Bypass,
}
