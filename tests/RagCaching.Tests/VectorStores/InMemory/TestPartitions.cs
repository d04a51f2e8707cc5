using RagCaching.VectorStores;

namespace RagCaching.Tests.VectorStores.InMemory;

/// <summary>Makes partitions that belong to no store.</summary>
internal static class TestPartitions
{
    public static PartitionIndex New(string name = "partition") => new(name, new HeadDirectory(() => [], TimeProvider.System, _ => { }));
}
