using Microsoft.Extensions.Time.Testing;
using RagCaching.Tests.TestDoubles;
using RagCaching.Tests.VectorStores;
using RagCaching.VectorData.Tests.Postgres;

namespace RagCaching.VectorData.Tests.Conformance;

/// <summary>The contract of stores, over PostgreSQL with pgvector.</summary>
public class PostgresConformanceTests(PgliteServer server) : VectorStoreConformanceTests
{
    protected virtual VectorDataOptions Options => new();

    protected override async ValueTask<VectorStoreSubject> CreateAsync(FakeTimeProvider time) =>
        new(new VectorDataStore(await server.NewStoreOrSkipAsync(), Options, new TestServices().Add<TimeProvider>(time)), time, time.Advance);
}
