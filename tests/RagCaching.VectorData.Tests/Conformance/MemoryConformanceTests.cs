using Microsoft.Extensions.Time.Testing;
using RagCaching.Tests.TestDoubles;
using RagCaching.Tests.VectorStores;
using RagCaching.VectorData.Tests.Memory;

namespace RagCaching.VectorData.Tests.Conformance;

/// <summary>The contract of stores, over a vector database in memory.</summary>
public class MemoryConformanceTests : VectorStoreConformanceTests
{
    protected virtual VectorDataOptions Options => new();

    protected override ValueTask<VectorStoreSubject> CreateAsync(FakeTimeProvider time) =>
        ValueTask.FromResult(new VectorStoreSubject(new VectorDataStore(new MemoryVectorStore(), Options, new TestServices().Add<TimeProvider>(time)), time, time.Advance));
}
