namespace RagCaching.Engines.Tests.Postgres;

/// <summary>The contract of journals, on a server that is asked for changes, as behind a pooler in transaction mode.</summary>
public sealed class PostgresPollingConformanceTests(PostgresServer server) : PostgresJournalConformanceTests(server)
{
    protected override bool UsesNotifications => false;
}
