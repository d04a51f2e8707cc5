namespace RagCaching.Embeddings.Flights;

/// <summary>Where an embedding of a flight came from.</summary>
internal enum EmbeddingOrigin : byte
{
    /// <summary>The generator.</summary>
    Generated,

    /// <summary>The local tier, where it appeared between the first look and the start of the flight.</summary>
    Local,

    /// <summary>The storage.</summary>
    Storage,
}
