using Microsoft.Extensions.Time.Testing;
using RagCaching.Tests.VectorStores;

namespace RagCaching.Engines.Tests.Postgres;

/// <summary>The contract of stores, over a server.</summary>
public sealed class PostgresStoreConformanceTests(PostgresServer server) : VectorStoreConformanceTests
{
    protected override async ValueTask<VectorStoreSubject> CreateAsync(FakeTimeProvider time)
    {
        await server.StartOrSkipAsync();
        return await JournaledStoreSubject.StartAsync(
            time, services => new PostgresVectorJournal(new PostgresJournalOptions { ConnectionString = server.ConnectionString, Schema = $"test_{Guid.NewGuid():N}" }, services));
    }
}
