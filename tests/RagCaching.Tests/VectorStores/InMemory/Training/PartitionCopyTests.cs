using RagCaching.Tests.VectorStores.InMemory.Pruning;
using RagCaching.Tests.VectorStores.InMemory.Rows;
using RagCaching.VectorStores.InMemory.Capacity;
using RagCaching.VectorStores.InMemory.Training;

namespace RagCaching.Tests.VectorStores.InMemory.Training;

public sealed class PartitionCopyTests
{
    private const int Dimensions = 96;

    [Fact]
    public void Of_PartitionWithManyRows_CopiesTheFirstWithCodesAndLeavesItAsItWas()
    {
        var partition = TestPartitions.New();
        var source = new VectorSource(Dimensions, seed: 1);
        var capacity = new StoreCapacity(int.MaxValue, long.MaxValue, maxOwnerShare: 1);
        var vectors = Enumerable.Range(0, 300).Select(_ => source.Next()).ToArray();
        for (var i = 0; i < vectors.Length; i++)
        {
            var entry = new VectorEntry { Partition = "partition", Id = $"{i}", Vector = vectors[i], CreatedAt = default, ExpiresAt = DateTimeOffset.MaxValue };
            partition.TryUpsert(entry, AdversarialData.Unit(vectors[i]), long.MaxValue, capacity);
        }

        var copy = PartitionCopy.Of(partition, TestSketches.Encoding(Dimensions, rows: 100));

        Assert.Equal(copy.Vectors.Count, copy.Partition.RowCount);
        Assert.InRange(copy.Vectors.Count, 128, vectors.Length - 1);
        Assert.All(copy.Partition.Segments, segment => Assert.NotNull(segment.Codes.Sketches));
        Assert.All(partition.Segments, segment => Assert.Null(segment.Codes.Sketches));
        Assert.All(partition.Entries, entry => Assert.False(entry.IsUsed));
        Assert.Equal(vectors.Length, partition.RowCount);
    }
}
