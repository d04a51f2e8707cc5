using System.Globalization;
using Npgsql;
using RagCaching.Postgres.Database;

namespace RagCaching.Postgres.Reading;

/// <summary>Reads the snapshot, the changes and single entries. Thread-safe.</summary>
internal sealed class JournalReader(JournalDatabase database, TimeProvider time, long origin)
{
    private readonly NameReader _names = new(database.Source, database.Schema);

    private string Tables => database.Schema.Name;

    private long Now => time.GetUtcNow().UtcTicks;

    /// <summary>Gets the names behind numbers.</summary>
    public NameReader Names => _names;

    /// <summary>Reads a part of the snapshot.</summary>
    public async ValueTask<JournalPage> ReadPageAsync(string? cursor, int maxEntries, bool withPayloads, CancellationToken cancellationToken)
    {
        var before = cursor is null ? long.MaxValue : long.Parse(cursor, NumberStyles.None, CultureInfo.InvariantCulture);
        var rows = await QueryAsync(
            $"SELECT {EntryRow.Columns(withPayloads, withVector: true, exceptOrigin: null)} FROM {Tables}.entries WHERE version < $1 AND expires > $2 ORDER BY version DESC LIMIT $3",
            EntryRow.Read,
            cancellationToken,
            before,
            Now,
            maxEntries).ConfigureAwait(false);
        await _names.PrepareAsync(rows.SelectMany(row => row.Names), cancellationToken).ConfigureAwait(false);
        VectorEntry[] entries = [.. rows.Select(row => row.ToEntry(_names)).OfType<VectorEntry>()];
        return new JournalPage(entries, rows.Count < maxEntries ? null : rows[^1].Version.ToString(CultureInfo.InvariantCulture), rows.Count - entries.Length);
    }

    /// <summary>Reads what has changed.</summary>
    public async ValueTask<JournalChanges> ReadChangesAsync(JournalPosition after, int maxChanges, bool withPayloads, CancellationToken cancellationToken)
    {
        var state = await database.ReadStateAsync(cancellationToken).ConfigureAwait(false);
        if (after.Incarnation != state.Incarnation || after.Version < state.Trimmed || after.Version > state.Version)
        {
            return new JournalChanges([], state.Position, IsGap: true);
        }

        if (after.Version == state.Version)
        {
            return new JournalChanges([], state.Position);
        }

        // What changes during the reading has a greater version than the state that was read, and comes next time.
        var (entries, events) = await QueryChangesAsync(after.Version, state.Version, maxChanges + 1, withPayloads, cancellationToken).ConfigureAwait(false);
        await _names.PrepareAsync(entries.SelectMany(row => row.Names).Concat(events.SelectMany(row => row.Names)), cancellationToken).ConfigureAwait(false);

        var unreadable = 0;
        var records = new List<JournalRecord>(entries.Count + events.Count);
        foreach (var row in entries)
        {
            if (ChangeOf(row) is { } change)
            {
                records.Add(new JournalRecord(row.Version, row.Origin == origin, change));
                unreadable += change.Kind == JournalChangeKind.Remove ? 1 : 0;
            }
            else
            {
                unreadable++;
            }
        }

        records.AddRange(events.Select(row => new JournalRecord(row.Version, row.Origin == origin, row.ToChange(_names))));
        records.Sort(static (first, second) => first.Version.CompareTo(second.Version));
        if (records.Count <= maxChanges)
        {
            return new JournalChanges(records, state.Position, Unreadable: unreadable);
        }

        records.RemoveRange(maxChanges, records.Count - maxChanges);
        return new JournalChanges(records, state.Position with { Version = records[^1].Version }, HasMore: true, Unreadable: unreadable);
    }

    /// <summary>Reads one entry.</summary>
    public async ValueTask<VectorEntry?> ReadEntryAsync(string partition, string id, bool withVector, CancellationToken cancellationToken)
    {
        var rows = await QueryAsync(
            $"SELECT {EntryRow.Columns(withPayload: true, withVector, exceptOrigin: null)} FROM {Tables}.entries WHERE partition = (SELECT id FROM {Tables}.names WHERE name = $1) AND id = $2 AND expires > $3",
            EntryRow.Read,
            cancellationToken,
            partition,
            id,
            Now).ConfigureAwait(false);
        await _names.PrepareAsync(rows.SelectMany(row => row.Names), cancellationToken).ConfigureAwait(false);
        return rows.Count == 0 ? null : rows[0].ToEntry(_names);
    }

    private JournalChange? ChangeOf(EntryRow row)
    {
        if (_names.NameOf(row.Partition) is not { } partition)
        {
            return null;
        }

        if (row.Origin == origin)
        {
            return JournalChange.OwnUpsert(partition, row.Id);
        }

        return row.ToEntry(_names) is { } entry ? JournalChange.Upsert(entry, row.Version) : JournalChange.Remove(partition, row.Id);
    }

    private async ValueTask<List<TRow>> QueryAsync<TRow>(string sql, Func<NpgsqlDataReader, TRow> read, CancellationToken cancellationToken, params object[] values)
    {
        var command = database.Source.CreateCommand(sql);
        await using var commandScope = command.ConfigureAwait(false);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var rowsScope = rows.ConfigureAwait(false);
        return await ReadAllAsync(rows, read, cancellationToken).ConfigureAwait(false);
    }

    // In one journey: each one counts for how soon a change is seen.
    private async ValueTask<(List<EntryRow> Entries, List<EventRow> Events)> QueryChangesAsync(long after, long upTo, int most, bool withPayloads, CancellationToken cancellationToken)
    {
        var batch = database.Source.CreateBatch();
        await using var batchScope = batch.ConfigureAwait(false);
        batch.Add($"SELECT {EntryRow.Columns(withPayloads, withVector: true, "$4")} FROM {Tables}.entries WHERE version > $1 AND version <= $2 ORDER BY version LIMIT $3", after, upTo, most, origin);
        batch.Add($"SELECT {EventRow.Columns} FROM {Tables}.events WHERE version > $1 AND version <= $2 ORDER BY version LIMIT $3", after, upTo, most);
        var rows = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var rowsScope = rows.ConfigureAwait(false);
        var entries = await ReadAllAsync(rows, EntryRow.Read, cancellationToken).ConfigureAwait(false);
        await rows.NextResultAsync(cancellationToken).ConfigureAwait(false);
        return (entries, await ReadAllAsync(rows, EventRow.Read, cancellationToken).ConfigureAwait(false));
    }

    private static async ValueTask<List<TRow>> ReadAllAsync<TRow>(NpgsqlDataReader rows, Func<NpgsqlDataReader, TRow> read, CancellationToken cancellationToken)
    {
        var found = new List<TRow>();
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            found.Add(read(rows));
        }

        return found;
    }
}
