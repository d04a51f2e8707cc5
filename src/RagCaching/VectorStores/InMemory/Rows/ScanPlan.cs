namespace RagCaching.VectorStores.InMemory.Rows;

/// <summary>How a segment is looked at. All plans give the same matches.</summary>
internal enum ScanPlan
{
    /// <summary>Compare every row in full.</summary>
    Rows,

    /// <summary>Rule rows out by all their components at 8 bits, compare the rest in full.</summary>
    ScalarCodes,

    /// <summary>Rule rows out stripe by stripe, then by stage 4, compare the rest in full.</summary>
    Stages,

    /// <summary>As <see cref="Stages"/>, but with the first two stripes at once.</summary>
    TwoStripes,

    /// <summary>As <see cref="Stages"/>, but with all stripes at once.</summary>
    AllStripes,
}
