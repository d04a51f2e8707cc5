namespace RagCaching.VectorStores.InMemory.Scanning;

/// <summary>How many vectors got how far in one search.</summary>
internal struct SearchCounts
{
    /// <summary>The vectors there were.</summary>
    public long Rows;

    /// <summary>Those in groups that the first stripe left; not counted where all stripes were taken at once.</summary>
    public long FirstStripe;

    /// <summary>Those that the stripes left.</summary>
    public long Stripes;

    /// <summary>Those that were compared in full.</summary>
    public long Scored;

    /// <summary>Those that the stripes left of the last segment.</summary>
    public int LastRows;
}
