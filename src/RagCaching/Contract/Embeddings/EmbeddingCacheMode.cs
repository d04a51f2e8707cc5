namespace RagCaching;

/// <summary>Specifies how an embedding request uses the cache.</summary>
public enum EmbeddingCacheMode
{
    /// <summary>Uses cached embeddings and stores those that the generator returns.</summary>
    ReadWrite,

    /// <summary>Always calls the generator, and replaces cached embeddings with the new ones.</summary>
    Refresh,

    /// <summary>Neither reads nor writes the cache. The request goes to the generator unchanged.</summary>
    Bypass,
}
