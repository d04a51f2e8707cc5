namespace RagCaching;

/// <summary>Specifies the precision at which an embedding is kept in the storage.</summary>
/// <remarks>
/// The storage is read at this precision or a better one. Lowering the precision therefore keeps stored entries, and raising it replaces
/// less exact entries one by one. The generator's answer and the local tier are always exact. The numeric values are part of the
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
    /// 1 - 5·10⁻⁴, and about 1 - 2·10⁻⁵ for typical embeddings.
    /// </summary>
    Quantized = 2,
}
