using RagCaching.Tests.Journals;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Engines.Tests.Postgres;

/// <summary>The contract of journals, on a server that tells of changes.</summary>
public class PostgresJournalConformanceTests(PostgresServer server) : VectorJournalConformanceTests
{
    private readonly string _schema = $"test_{Guid.NewGuid():N}";

    protected virtual bool UsesNotifications => true;

    protected override async ValueTask PrepareAsync() => await server.StartOrSkipAsync();

    protected override IVectorJournal Create() => new PostgresVectorJournal(
        new PostgresJournalOptions { ConnectionString = server.ConnectionString, Schema = _schema, UseNotifications = UsesNotifications }, new TestServices().Add<TimeProvider>(Time));
}
