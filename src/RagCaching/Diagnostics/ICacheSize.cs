namespace RagCaching.Diagnostics;

/// <summary>Something whose size can be observed.</summary>
internal interface ICacheSize
{
    /// <summary>Gets the number of entries.</summary>
    long Entries { get; }

    /// <summary>Gets their size in bytes.</summary>
    long Bytes { get; }
}
