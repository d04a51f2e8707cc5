namespace RagCaching.VectorStores.InMemory.Capacity;

/// <summary>The outcome of an attempt to write to the in-memory store.</summary>
internal enum WriteStatus
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>There is no such entry, or the partition has been released and another one has to be made.</summary>
    NotFound,

    /// <summary>The partition's vectors have another number of dimensions.</summary>
    OtherDimensions,

    /// <summary>It would take one entry too many.</summary>
    TooManyEntries,

    /// <summary>It would take too many bytes.</summary>
    TooManyBytes,
}
