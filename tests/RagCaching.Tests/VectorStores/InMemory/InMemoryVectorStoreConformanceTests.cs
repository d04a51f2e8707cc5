using Microsoft.Extensions.Time.Testing;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.VectorStores.InMemory;

/// <summary>The contract of stores, in memory.</summary>
public sealed class InMemoryVectorStoreConformanceTests : VectorStoreConformanceTests
{
    protected override ValueTask<VectorStoreSubject> CreateAsync(FakeTimeProvider time) =>
        new(new VectorStoreSubject(new InMemoryVectorStore(services: new TestServices().Add<TimeProvider>(time)), time, time.Advance));
}
