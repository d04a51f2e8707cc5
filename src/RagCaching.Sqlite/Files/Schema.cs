namespace RagCaching.Sqlite.Files;

/// <summary>What a file looks like.</summary>
/// <remarks>
/// The version of an entry is its row id, so newest-first and since-when are walks along the table. Names (digests of partitions, owners, labels and models) are stored once and numbered; each knows when
/// the last row that uses it will have expired, after which it may go.
/// </remarks>
internal static class Schema
{
    /// <summary>Tells our files from others: "RagC".</summary>
    public const int ApplicationId = 0x52616743;

    /// <summary>The version that this code writes. A file of a later version is refused; an earlier one is migrated.</summary>
    public const int Version = 1;

    /// <summary>Larger pages than the default write vectors of 768 dimensions twice as fast.</summary>
    public const int PageSize = 16384;

    public const string Create = """
        CREATE TABLE state (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            incarnation TEXT NOT NULL,
            version INTEGER NOT NULL,
            trimmed INTEGER NOT NULL,
            last_removal INTEGER NOT NULL,
            key_check TEXT NOT NULL,
            model TEXT,
            dimensions INTEGER);
        CREATE TABLE names (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, expires INTEGER NOT NULL);
        CREATE TABLE entries (
            version INTEGER PRIMARY KEY,
            partition INTEGER NOT NULL,
            id TEXT NOT NULL,
            created INTEGER NOT NULL,
            expires INTEGER NOT NULL,
            owner INTEGER,
            model INTEGER,
            origin INTEGER NOT NULL,
            labels BLOB,
            checksum INTEGER NOT NULL,
            payload_checksum INTEGER NOT NULL,
            metadata BLOB, vector BLOB, payload BLOB);
        CREATE UNIQUE INDEX entries_key ON entries (partition, id);
        CREATE INDEX entries_expiry ON entries (expires);
        CREATE TABLE entry_labels (label INTEGER NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (label, entry)) WITHOUT ROWID;
        CREATE TABLE events (
            version INTEGER PRIMARY KEY,
            kind INTEGER NOT NULL,
            at INTEGER NOT NULL,
            origin INTEGER NOT NULL,
            partition INTEGER,
            id TEXT,
            labels BLOB,
            created_before INTEGER,
            content BLOB);
        CREATE TABLE leases (name TEXT PRIMARY KEY, token TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE storage (key TEXT PRIMARY KEY, expires INTEGER, sliding INTEGER, absolute INTEGER, checksum INTEGER NOT NULL, value BLOB NOT NULL);
        CREATE INDEX storage_expiry ON storage (expires) WHERE expires IS NOT NULL;
        """;
}
