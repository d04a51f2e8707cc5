namespace RagCaching.Semantic.Lookups;

/// <summary>What a lookup is waiting for.</summary>
internal enum LookupStage
{
    /// <summary>The store.</summary>
    Reading,

    /// <summary>The embedding generator.</summary>
    Embedding,

    /// <summary>A verifier.</summary>
    Verifying,
}
