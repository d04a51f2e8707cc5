namespace RagCaching.Sqlite.Contract;

/// <summary>Tells journals apart by their files.</summary>
internal sealed class JournalForOneCache() : OneCachePerJournal<SqliteJournalOptions>(
    static options => string.IsNullOrWhiteSpace(options.Path) ? null : Path.GetFullPath(options.Path), nameof(SqliteJournalOptions.Path));
