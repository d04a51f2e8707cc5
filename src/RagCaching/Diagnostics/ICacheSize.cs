namespace RagCaching.Diagnostics;

/// <summary>Something whose size can be observed.</summary>
internal interface ICacheSize
{
    /// <summary>Gets the number of entries.</summary>
    long Entries { get; }

    /// <summary>Gets their size in bytes; <see langword="null"/> where nobody counts it.</summary>
    long? Bytes { get; }

    /// <summary>Gets how many entries were evicted; <see langword="null"/> where nobody counts it.</summary>
    long? Evictions => null;

    /// <summary>Gets the seconds since the axes that searches use were trained; <see langword="null"/> if there are none.</summary>
    double? IndexAge { get; }
}
