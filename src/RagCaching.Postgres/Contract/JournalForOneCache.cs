namespace RagCaching.Postgres.Contract;

/// <summary>Tells journals apart by their servers and schemas.</summary>
internal sealed class JournalForOneCache() : OneCachePerJournal<PostgresJournalOptions>(
    static options => (options.ConnectionString, options.Schema), nameof(PostgresJournalOptions.Schema));
