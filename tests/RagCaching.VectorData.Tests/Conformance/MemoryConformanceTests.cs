using RagCaching.Tests.TestDoubles;
using RagCaching.Tests.VectorStores;
using RagCaching.VectorData.Tests.Memory;

namespace RagCaching.VectorData.Tests.Conformance;

/// <summary>The contract of stores, over a vector database in memory.</summary>
public class MemoryConformanceTests : VectorStoreConformanceTests
{
    protected virtual VectorDataOptions Options => new();

    protected override ValueTask<IVectorStore> CreateStoreAsync(TimeProvider time) =>
        ValueTask.FromResult<IVectorStore>(new VectorDataStore(new MemoryVectorStore(), Options, new TestServices().Add(time)));

    protected override ValueTask DisposeStoreAsync(IVectorStore store) => ((VectorDataStore)store).DisposeAsync();
}
