using Microsoft.Extensions.Time.Testing;
using RagCaching.Tests.VectorStores;

namespace RagCaching.Tests.Journals;

/// <summary>A journaled store is a store like any other.</summary>
public sealed class JournaledVectorStoreConformanceTests : VectorStoreConformanceTests
{
    protected override ValueTask<VectorStoreSubject> CreateAsync(FakeTimeProvider time) =>
        JournaledStoreSubject.StartAsync(time, _ => new MemoryJournal(new MemoryJournal.Place(), time));
}
