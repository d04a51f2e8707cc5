namespace RagCaching.Pipeline.Caching;

/// <summary>What came of a look for chunks that were retrieved before.</summary>
internal readonly record struct CacheLook
{
    /// <summary>Gets what was found; <see langword="null"/> for a miss.</summary>
    public Ranking? Found { get; init; }

    /// <summary>Gets a value indicating whether the look failed or was late: no other one is worth its time.</summary>
    public bool HasFailed { get; init; }

    /// <summary>Gets a value indicating whether what was there was no longer current; means nothing where something was found.</summary>
    public bool WasChanged { get; init; }

    /// <summary>Gets the vector of the question; empty where none was needed or could be had.</summary>
    public ReadOnlyMemory<float> Vector { get; init; }
}
