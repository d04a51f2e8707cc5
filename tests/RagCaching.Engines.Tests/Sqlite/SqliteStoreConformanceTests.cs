using Microsoft.Extensions.Time.Testing;
using RagCaching.Tests.VectorStores;

namespace RagCaching.Engines.Tests.Sqlite;

/// <summary>The contract of stores, over a file.</summary>
public sealed class SqliteStoreConformanceTests : VectorStoreConformanceTests, IDisposable
{
    private readonly TestFile _file = new();

    public void Dispose() => _file.Dispose();

    protected override ValueTask<VectorStoreSubject> CreateAsync(FakeTimeProvider time) =>
        JournaledStoreSubject.StartAsync(time, services => new SqliteVectorJournal(new SqliteJournalOptions { Path = _file.Path }, services));
}
