using Microsoft.Data.Sqlite;
using RagCaching.Sqlite.Files;

namespace RagCaching.Sqlite.Writing;

/// <summary>Deletes what has expired, a part at a time, and gives its room back. Not thread-safe.</summary>
internal sealed class Sweeper(SqliteConnection connection, EntryTable entries, EventTable events, NameTable names, TimeSpan interval, TimeProvider time) : IDisposable
{
    private readonly Statement _expired = new(connection, "SELECT version FROM entries WHERE expires <= $1 LIMIT 1000", 1);
    private readonly Statement _leases = new(connection, "DELETE FROM leases WHERE until <= $1", 1);
    private readonly Statement _storage = new(connection, "DELETE FROM storage WHERE key IN (SELECT key FROM storage WHERE expires <= $1 LIMIT 1000)", 1);
    private long _last = time.GetTimestamp();

    /// <summary>Gets a value indicating whether it is time to sweep.</summary>
    public bool IsDue => time.GetElapsedTime(_last) >= interval;

    /// <summary>Sweeps, if it is time to.</summary>
    /// <returns>The new state.</returns>
    public JournalState SweepIfDue(SqliteTransaction transaction, JournalState state, long now)
    {
        if (!IsDue)
        {
            return state;
        }

        var expired = new List<long>();
        using (var rows = _expired.Read(transaction, now))
        {
            while (rows.Read())
            {
                expired.Add(rows.GetInt64(0));
            }
        }

        foreach (var version in expired)
        {
            entries.Delete(transaction, version, now);
        }

        _leases.Execute(transaction, now);
        var isDone = expired.Count < 1000 && _storage.Execute(transaction, now) < 1000;
        if (isDone)
        {
            names.Sweep(transaction, now);
            _last = time.GetTimestamp();
        }

        return events.Trim(transaction, now) is { } trimmed ? state with { Trimmed = Math.Max(state.Trimmed, trimmed) } : state;
    }

    /// <summary>Gives some of the room of deleted rows back to the disk.</summary>
    public void Shrink()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA incremental_vacuum(64)";
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            // Each step frees one page.
        }
    }

    public void Dispose()
    {
        _expired.Dispose();
        _leases.Dispose();
        _storage.Dispose();
    }
}
