using RagCaching.VectorStores.InMemory.Rows;

namespace RagCaching.Tests.VectorStores.InMemory.Rows;

public sealed class StoredEntryTests
{
    [Fact]
    public void Constructor_EntryWithoutMetadata_AllocatesItsFieldsAndNoGapBetweenThem()
    {
        var partition = TestPartitions.New();
        var value = new VectorEntry { Partition = "partition", Id = "id", CreatedAt = default, ExpiresAt = default };
        GC.KeepAlive(new StoredEntry(partition, value, ordinal: 0, deadline: 0));

        var before = GC.GetAllocatedBytesForCurrentThread();
        var entry = new StoredEntry(partition, value, ordinal: 0, deadline: 0);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        GC.KeepAlive(entry);

        // Two words that every object has, nine references, five long numbers, and one word for three short ones.
        Assert.Equal(17 * sizeof(long), bytes);
    }
}
