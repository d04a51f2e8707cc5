namespace RagCaching;

/// <summary>How exactly an embedding is kept in the storage.</summary>
/// <remarks>
/// The storage is read at this precision or a better one, so lowering the precision keeps what is stored, and raising it replaces
/// less exact entries one by one. The generator's answer itself and the local tier are always exact. The numbers are part of the
/// stored format.
/// </remarks>
public enum EmbeddingPrecision
{
    /// <summary>Four bytes for each component: every bit of the vector comes back.</summary>
    Full = 0,

    /// <summary>
    /// Two bytes for each component. The cosine similarity of a vector and its stored copy is at least 1 - 2·10⁻⁷.
    /// </summary>
    Half = 1,

    /// <summary>
    /// One byte for each component and four more for every 64. The cosine similarity of a vector and its stored copy is at least
    /// 1 - 5·10⁻⁴, and for usual embeddings about 1 - 2·10⁻⁵.
    /// </summary>
    Quantized = 2,
}
