using RagCaching.VectorStores.InMemory.Rows;
using RagCaching.VectorStores.InMemory.Training;

namespace RagCaching.Tests.VectorStores.InMemory.Rows;

/// <summary>Makes partitions that belong to no store.</summary>
internal static class TestPartitions
{
    public static PartitionIndex New(string name = "partition") => new(name, new EncodingRegistry(() => [], TimeProvider.System, _ => { }).Of);
}
