using Microsoft.Data.Sqlite;
using RagCaching.Sqlite.Files;
using RagCaching.Sqlite.Reading;

namespace RagCaching.Sqlite.Writing;

/// <summary>Writes and deletes entries with their labels. Not thread-safe.</summary>
internal sealed class EntryTable(SqliteConnection connection, NameTable names, NameReader readNames, long origin) : IDisposable
{
    private readonly Statement _delete = new(connection, "DELETE FROM entries WHERE partition = $1 AND id = $2 RETURNING version, labels, expires", 2);
    private readonly Statement _deleteVersion = new(connection, "DELETE FROM entries WHERE version = $1 RETURNING version, labels, expires", 1);
    private readonly Statement _deleteLabel = new(connection, "DELETE FROM entry_labels WHERE label = $1 AND entry = $2", 2);
    private readonly Statement _insertLabel = new(connection, "INSERT INTO entry_labels (label, entry) VALUES ($1, $2) ON CONFLICT DO NOTHING", 2);
    private readonly Statement _find = new(connection, $"SELECT {EntryRow.ColumnsWithoutPayload} FROM entries WHERE partition = $1 AND id = $2 AND created = $3 AND expires > $4", 4);
    private readonly Statement _move = new(connection, "UPDATE entries SET version = $2, metadata = $3, checksum = $4, origin = 0 WHERE version = $1", 4);
    private readonly Statement _insert = new(
        connection,
        """
        INSERT INTO entries (version, partition, id, created, expires, owner, model, origin, labels, checksum, payload_checksum, metadata, vector, payload)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        """,
        14);

    /// <summary>Adds an entry, or replaces the one with the same partition and id.</summary>
    public void Upsert(SqliteTransaction transaction, VectorEntry entry, long version)
    {
        var until = entry.ExpiresAt.UtcTicks;
        var partition = names.IdOf(transaction, entry.Partition, until);
        Delete(transaction, _delete, now: 0, partition, entry.Id);
        long[] labels = [.. entry.Labels.Select(label => names.IdOf(transaction, label, until))];
        var vector = VectorBytes.Encode(entry.Vector.Span);
        _insert.Execute(
            transaction,
            version,
            partition,
            entry.Id,
            entry.CreatedAt.UtcTicks,
            until,
            entry.Owner is { } owner ? names.IdOf(transaction, owner, until) : null,
            entry.EmbeddingModel is { } model ? names.IdOf(transaction, model, until) : null,
            origin,
            NumberList.Encode(labels),
            RowChecksum.Of(entry, vector),
            RowChecksum.Of(entry.Payload.Span),
            BytesOf(entry.Metadata),
            vector,
            BytesOf(entry.Payload));
        foreach (var label in labels)
        {
            _insertLabel.Execute(transaction, label, version);
        }
    }

    /// <summary>Replaces the metadata of an entry.</summary>
    /// <returns>Whether it is there, and is the one that was created then.</returns>
    public bool SetMetadata(SqliteTransaction transaction, JournalChange change, long version, long now)
    {
        var partition = names.IdOf(transaction, change.Partition, now);
        long before;
        long[] labels;
        VectorEntry? entry;
        using (var row = _find.Read(transaction, partition, change.Id, change.CreatedAt.UtcTicks, now))
        {
            if (!row.Read())
            {
                return false;
            }

            before = row.GetInt64(0);
            labels = NumberList.Decode(row.IsDBNull(8) ? null : row.GetFieldValue<byte[]>(8));
            entry = EntryRow.Read(row, readNames, transaction, withPayload: false);
        }

        if (entry is null)
        {
            return false;
        }

        var changed = new VectorEntry
        {
            Partition = entry.Partition,
            Id = entry.Id,
            EmbeddingModel = entry.EmbeddingModel,
            Metadata = change.Content,
            Labels = entry.Labels,
            Owner = entry.Owner,
            CreatedAt = entry.CreatedAt,
            ExpiresAt = entry.ExpiresAt,
        };
        _move.Execute(transaction, before, version, BytesOf(change.Content), RowChecksum.Of(changed, VectorBytes.Encode(entry.Vector.Span)));
        foreach (var label in labels)
        {
            _deleteLabel.Execute(transaction, label, before);
            _insertLabel.Execute(transaction, label, version);
        }

        return true;
    }

    /// <summary>Deletes one entry.</summary>
    /// <returns>Whether there was a valid one.</returns>
    public bool Delete(SqliteTransaction transaction, string partition, string id, long now) => Delete(transaction, _delete, now, names.IdOf(transaction, partition, now), id);

    /// <summary>Deletes one entry by its version.</summary>
    /// <returns>Whether there was a valid one.</returns>
    public bool Delete(SqliteTransaction transaction, long version, long now) => Delete(transaction, _deleteVersion, now, version);

    public void Dispose()
    {
        foreach (var statement in new[] { _delete, _deleteVersion, _deleteLabel, _insertLabel, _find, _move, _insert })
        {
            statement.Dispose();
        }
    }

    private static byte[]? BytesOf(ReadOnlyMemory<byte> memory) => memory.IsEmpty ? null : memory.ToArray();

    private bool Delete(SqliteTransaction transaction, Statement statement, long now, params ReadOnlySpan<object?> key)
    {
        long version;
        long[] labels;
        bool isValid;
        using (var row = statement.Read(transaction, key))
        {
            if (!row.Read())
            {
                return false;
            }

            version = row.GetInt64(0);
            labels = NumberList.Decode(row.IsDBNull(1) ? null : row.GetFieldValue<byte[]>(1));
            isValid = row.GetInt64(2) > now;
        }

        foreach (var label in labels)
        {
            _deleteLabel.Execute(transaction, label, version);
        }

        return isValid;
    }
}
