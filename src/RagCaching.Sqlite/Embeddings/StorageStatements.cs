using Microsoft.Data.Sqlite;
using RagCaching.Sqlite.Files;

namespace RagCaching.Sqlite.Embeddings;

/// <summary>The statements of the table of values. Not thread-safe.</summary>
internal sealed class StorageStatements(SqliteConnection connection) : IDisposable
{
    public Statement Get { get; } = new(connection, "SELECT value, checksum, sliding FROM storage WHERE key = $1 AND (expires IS NULL OR expires > $2)", 2);

    public Statement Slide { get; } = new(
        connection, "UPDATE storage SET expires = min(coalesce(absolute, 9223372036854775807), $2 + sliding) WHERE key = $1 AND sliding IS NOT NULL AND expires > $2", 2);

    public Statement Set { get; } = new(
        connection,
        """
        INSERT INTO storage (key, expires, sliding, value, checksum, absolute) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (key) DO UPDATE SET expires = excluded.expires, sliding = excluded.sliding, value = excluded.value, checksum = excluded.checksum, absolute = excluded.absolute
        """,
        6);

    public Statement Remove { get; } = new(connection, "DELETE FROM storage WHERE key = $1", 1);

    public Statement Sweep { get; } = new(connection, "DELETE FROM storage WHERE key IN (SELECT key FROM storage WHERE expires <= $1 LIMIT 1000)", 1);

    public void Dispose()
    {
        foreach (var statement in new[] { Get, Slide, Set, Remove, Sweep })
        {
            statement.Dispose();
        }

        connection.Dispose();
    }
}
