namespace RagCaching.VectorStores.InMemory.Capacity;

/// <summary>Defines the size of an entry that <see cref="StoreCapacity.MaxBytes"/> bounds.</summary>
internal static class EntrySize
{
    /// <summary>Adds up vector, metadata, payload and labels.</summary>
    public static long Of(VectorEntry entry)
    {
        var size = ((long)entry.Vector.Length * sizeof(float)) + entry.Metadata.Length + entry.Payload.Length;
        foreach (var label in entry.Labels)
        {
            size += (long)label.Length * sizeof(char);
        }

        return size;
    }
}
