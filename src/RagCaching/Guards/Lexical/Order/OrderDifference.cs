namespace RagCaching.Guards.Lexical.Order;

/// <summary>How the same words stand in another order.</summary>
internal enum OrderDifference
{
    /// <summary>Not at all, or without a change of meaning.</summary>
    None,

    /// <summary>Two neighbours changed places: mostly a paraphrase.</summary>
    Neighbours,

    /// <summary>A block moved.</summary>
    Rotation,

    /// <summary>Two blocks changed places.</summary>
    Exchange,

    Permutation,
}
