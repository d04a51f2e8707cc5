namespace RagCaching.VectorStores.InMemory.Capacity;

/// <summary>What one owner has in the store. Belongs to <see cref="StoreCapacity"/> and its lock.</summary>
internal sealed class OwnerShare(string owner)
{
    public string Owner => owner;

    public long Entries { get; set; }

    public long Bytes { get; set; }

    /// <summary>Gets or sets where the search for this owner's next victim goes on.</summary>
    public TrackedEntry? Hand { get; set; }
}
