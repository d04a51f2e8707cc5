namespace RagCaching;

/// <summary>What an embedding request does with the cache.</summary>
public enum EmbeddingCacheMode
{
    /// <summary>Uses what the cache has and keeps what the generator returns.</summary>
    ReadWrite,

    /// <summary>Asks the generator in any case, and replaces what the cache has by its answer.</summary>
    Refresh,

    /// <summary>Neither reads nor writes: the request goes to the generator as it is.</summary>
    Bypass,
}
