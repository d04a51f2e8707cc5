using Microsoft.Data.Sqlite;
using RagCaching.Sqlite.Files;
using RagCaching.Sqlite.Reading;

namespace RagCaching.Sqlite.Writing;

/// <summary>Keeps removals, and what was learnt, for those who have not read them yet. Not thread-safe.</summary>
internal sealed class EventTable(SqliteConnection connection, NameTable names, NameReader readNames, SqliteJournalOptions options, long origin) : IDisposable
{
    private readonly Statement _insert = new(
        connection, "INSERT INTO events (version, kind, at, origin, partition, id, labels, created_before, content) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)", 9);

    private readonly Statement _removalsSince = new(connection, $"SELECT {EventRow.Columns} FROM events WHERE version > $1 AND kind IN (3, 4) ORDER BY version", 1);
    private readonly Statement _last = new(connection, "SELECT max(version) FROM events WHERE at < $1", 1);
    private readonly Statement _trim = new(connection, "DELETE FROM events WHERE version <= $1", 1);

    /// <summary>Adds a removal or something learnt.</summary>
    /// <returns>The numbers of partition and labels, for finding what a removal covers.</returns>
    public (long? Partition, long[] Labels) Add(SqliteTransaction transaction, JournalChange change, long version, long now)
    {
        var until = now + options.RemovalRetention.Ticks + TimeSpan.TicksPerDay;
        var partitionName = change.Kind == JournalChangeKind.RemoveWhere ? change.Filter!.Partition : change.Partition;
        long? partition = partitionName is null ? null : names.IdOf(transaction, partitionName, until);
        long[] labels = [.. (change.Filter?.Labels ?? []).Select(label => names.IdOf(transaction, label, until))];
        _insert.Execute(
            transaction,
            version,
            (long)change.Kind,
            now,
            origin,
            partition,
            change.Kind == JournalChangeKind.Remove ? change.Id : null,
            NumberList.Encode(labels),
            change.Filter?.CreatedBefore?.UtcTicks,
            change.Content.IsEmpty ? null : change.Content.ToArray());
        return (partition, labels);
    }

    /// <summary>Tells whether a removal after a version covers an entry.</summary>
    public bool IsRemoved(SqliteTransaction transaction, VectorEntry entry, long since)
    {
        using var rows = _removalsSince.Read(transaction, since);
        while (rows.Read())
        {
            if (EventRow.Read(rows, readNames, transaction).Covers(entry))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Forgets what is older than it is kept.</summary>
    /// <returns>The version up to which everything is forgotten; <see langword="null"/> if nothing was.</returns>
    public long? Trim(SqliteTransaction transaction, long now)
    {
        if (_last.Scalar(transaction, now - options.RemovalRetention.Ticks) is not long last)
        {
            return null;
        }

        _trim.Execute(transaction, last);
        return last;
    }

    public void Dispose()
    {
        foreach (var statement in new[] { _insert, _removalsSince, _last, _trim })
        {
            statement.Dispose();
        }
    }
}
