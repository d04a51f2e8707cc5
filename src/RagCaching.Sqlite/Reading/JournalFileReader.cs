using System.Globalization;
using Microsoft.Data.Sqlite;
using RagCaching.Sqlite.Files;

namespace RagCaching.Sqlite.Reading;

/// <summary>A connection that reads. Not thread-safe.</summary>
internal sealed class JournalFileReader : IDisposable
{
    // Of what this instance has written itself it needs no copy.
    private const string OwnBodiesLeftOut =
        "version, partition, id, origin, created, expires, owner, model, labels, checksum, payload_checksum, CASE origin WHEN $2 THEN NULL ELSE metadata END, CASE origin WHEN $2 THEN NULL ELSE vector END, ";

    private readonly SqliteConnection _connection;
    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly NameReader _names;
    private readonly StateRow _state;
    private readonly Statement _page;
    private readonly Statement _pageWithPayloads;
    private readonly Statement _changes;
    private readonly Statement _changesWithPayloads;
    private readonly Statement _events;
    private readonly Statement _entry;
    private readonly Statement _dataVersion;

    public JournalFileReader(SqliteConnection connection, SqliteJournalOptions options, TimeProvider time, long origin)
    {
        _connection = connection;
        _time = time;
        _origin = origin;
        _names = new NameReader(connection);
        _state = new StateRow(connection, options);
        _page = new Statement(connection, $"SELECT {EntryRow.ColumnsWithoutPayload} FROM entries WHERE version < $1 AND expires > $2 ORDER BY version DESC LIMIT $3", 3);
        _pageWithPayloads = new Statement(connection, $"SELECT {EntryRow.Columns} FROM entries WHERE version < $1 AND expires > $2 ORDER BY version DESC LIMIT $3", 3);
        _changes = new Statement(connection, $"SELECT {OwnBodiesLeftOut} NULL FROM entries WHERE version > $1 ORDER BY version LIMIT $3", 3);
        _changesWithPayloads = new Statement(connection, $"SELECT {OwnBodiesLeftOut} CASE origin WHEN $2 THEN NULL ELSE payload END FROM entries WHERE version > $1 ORDER BY version LIMIT $3", 3);
        _events = new Statement(connection, $"SELECT {EventRow.Columns} FROM events WHERE version > $1 ORDER BY version LIMIT $2", 2);
        _entry = new Statement(connection, $"SELECT {EntryRow.Columns} FROM entries WHERE partition = (SELECT id FROM names WHERE name = $1) AND id = $2 AND expires > $3", 3);
        _dataVersion = new Statement(connection, "PRAGMA data_version", 0);
    }

    private long Now => _time.GetUtcNow().UtcTicks;

    /// <summary>Gets a number that changes when another connection has changed the file.</summary>
    public long DataVersion() => _dataVersion.Scalar(null) as long? ?? 0;

    /// <summary>Reads a part of the snapshot.</summary>
    public JournalPage ReadPage(string? cursor, int maxEntries, bool withPayloads)
    {
        using var transaction = _connection.BeginTransaction(deferred: true);
        var before = cursor is null ? long.MaxValue : long.Parse(cursor, NumberStyles.None, CultureInfo.InvariantCulture);
        var entries = new List<VectorEntry>(Math.Min(maxEntries, 4_096));
        var unreadable = 0;
        var read = 0;
        using var rows = (withPayloads ? _pageWithPayloads : _page).Read(transaction, before, Now, maxEntries);
        while (rows.Read())
        {
            read++;
            before = rows.GetInt64(0);
            if (EntryRow.Read(rows, _names, transaction, withPayloads) is { } entry)
            {
                entries.Add(entry);
            }
            else
            {
                unreadable++;
            }
        }

        return new JournalPage(entries, read < maxEntries ? null : before.ToString(CultureInfo.InvariantCulture), unreadable);
    }

    /// <summary>Reads what has changed.</summary>
    public JournalChanges ReadChanges(JournalPosition after, int maxChanges, bool withPayloads)
    {
        using var transaction = _connection.BeginTransaction(deferred: true);
        var state = _state.Read(transaction);
        if (after.Incarnation != state.Incarnation || after.Version < state.Trimmed || after.Version > state.Version)
        {
            return new JournalChanges([], state.Position, IsGap: true);
        }

        if (after.Version == state.Version)
        {
            return new JournalChanges([], state.Position);
        }

        var unreadable = 0;
        var records = ReadEntries(transaction, after.Version, maxChanges + 1, withPayloads, ref unreadable);
        records.AddRange(ReadEvents(transaction, after.Version, maxChanges + 1));
        records.Sort(static (first, second) => first.Version.CompareTo(second.Version));
        if (records.Count <= maxChanges)
        {
            return new JournalChanges(records, state.Position, Unreadable: unreadable);
        }

        records.RemoveRange(maxChanges, records.Count - maxChanges);
        return new JournalChanges(records, state.Position with { Version = records[^1].Version }, HasMore: true, Unreadable: unreadable);
    }

    /// <summary>Reads one entry.</summary>
    public VectorEntry? ReadEntry(string partition, string id, bool withVector)
    {
        using var rows = _entry.Read(null, partition, id, Now);
        return rows.Read() ? EntryRow.Read(rows, _names, transaction: null, withPayload: true, withVector) : null;
    }

    public void Dispose()
    {
        foreach (var statement in new[] { _page, _pageWithPayloads, _changes, _changesWithPayloads, _events, _entry, _dataVersion })
        {
            statement.Dispose();
        }

        _state.Dispose();
        _names.Dispose();
        _connection.Dispose();
    }

    private List<JournalRecord> ReadEntries(SqliteTransaction transaction, long after, int limit, bool withPayloads, ref int unreadable)
    {
        var records = new List<JournalRecord>();
        using var rows = (withPayloads ? _changesWithPayloads : _changes).Read(transaction, after, _origin, limit);
        while (rows.Read())
        {
            var version = rows.GetInt64(0);
            if (_names.NameOf(transaction, rows.GetInt64(1)) is not { } partition)
            {
                unreadable++;
                continue;
            }

            if (rows.GetInt64(3) == _origin)
            {
                records.Add(new JournalRecord(version, IsOwn: true, JournalChange.OwnUpsert(partition, rows.GetString(2))));
            }
            else if (EntryRow.Read(rows, _names, transaction, withPayloads) is { } entry)
            {
                records.Add(new JournalRecord(version, IsOwn: false, JournalChange.Upsert(entry, version)));
            }
            else
            {
                unreadable++;
                records.Add(new JournalRecord(version, IsOwn: false, JournalChange.Remove(partition, rows.GetString(2))));
            }
        }

        return records;
    }

    private List<JournalRecord> ReadEvents(SqliteTransaction transaction, long after, int limit)
    {
        var records = new List<JournalRecord>();
        using var rows = _events.Read(transaction, after, limit);
        while (rows.Read())
        {
            records.Add(new JournalRecord(rows.GetInt64(0), rows.GetInt64(2) == _origin, EventRow.Read(rows, _names, transaction)));
        }

        return records;
    }
}
