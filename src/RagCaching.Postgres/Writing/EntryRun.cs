using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using RagCaching.Postgres.Database;

namespace RagCaching.Postgres.Writing;

/// <summary>Upserts one after the other, without two of the same entry: they are written together.</summary>
internal sealed class EntryRun(Schema schema, NameTable names, long origin)
{
    private const int LeastCopied = 32;

    private readonly List<(long Version, VectorEntry Entry)> _entries = [];
    private readonly HashSet<(string Partition, string Id)> _keys = [];

    /// <summary>Adds an upsert.</summary>
    /// <returns>Whether it could be added; if not, what is there has to be written first.</returns>
    public bool TryAdd(VectorEntry entry, long version)
    {
        if (!_keys.Add((entry.Partition, entry.Id)))
        {
            return false;
        }

        _entries.Add((version, entry));
        return true;
    }

    /// <summary>Writes what was added, and begins again.</summary>
    public async ValueTask WriteAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (_entries.Count == 0)
        {
            return;
        }

        // In one journey, except for those that are copied.
        var isCopied = _entries.Count >= LeastCopied;
        var batch = new NpgsqlBatch(connection);
        await using (batch.ConfigureAwait(false))
        {
            batch.Add(
                $"DELETE FROM {schema.Name}.entries e USING unnest($1::int[], $2::text[]) AS k (partition, id) WHERE e.partition = k.partition AND e.id = k.id",
                Column(entry => names.IdOf(entry.Partition)),
                Column(entry => entry.Id));
            if (!isCopied)
            {
                AddInsert(batch);
            }

            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        if (isCopied)
        {
            await CopyAsync(connection, cancellationToken).ConfigureAwait(false);
        }

        _entries.Clear();
        _keys.Clear();
    }

    private T[] Column<T>(Func<VectorEntry, T> value) => [.. _entries.Select(row => value(row.Entry))];

    private int? IdOf(string? name) => name is null ? null : names.IdOf(name);

    private int[] LabelsOf(VectorEntry entry) => [.. entry.Labels.Select(names.IdOf)];

    // Lists of lists must be of one length, so labels travel as text.
    private void AddInsert(NpgsqlBatch batch) => batch.Add(
        $"""
        INSERT INTO {schema.Name}.entries (version, created, expires, origin, partition, owner, model, id, labels, metadata, vector, payload)
        SELECT version, created, expires, $12, partition, owner, model, id, labels::int[], metadata, vector, payload
        FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::int[], $5::int[], $6::int[], $7::text[], $8::text[], $9::bytea[], $10::bytea[], $11::bytea[])
            AS r (version, created, expires, partition, owner, model, id, labels, metadata, vector, payload)
        """,
        _entries.Select(row => row.Version).ToArray(),
        Column(entry => entry.CreatedAt.UtcTicks),
        Column(entry => entry.ExpiresAt.UtcTicks),
        Column(entry => names.IdOf(entry.Partition)),
        Column(entry => IdOf(entry.Owner)),
        Column(entry => IdOf(entry.EmbeddingModel)),
        Column(entry => entry.Id),
        Column(entry => $"{{{string.Join(',', LabelsOf(entry).Select(id => id.ToString(CultureInfo.InvariantCulture)))}}}"),
        Column(entry => entry.Metadata.ToArray()),
        Column(entry => VectorBytes.Encode(entry.Vector.Span)),
        Column(entry => entry.Payload.ToArray()),
        origin);

    private async Task CopyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var import = await connection.BeginBinaryImportAsync(
            $"COPY {schema.Name}.entries (version, created, expires, origin, partition, owner, model, id, labels, metadata, vector, payload) FROM STDIN (FORMAT BINARY)", cancellationToken).ConfigureAwait(false);
        await using var importScope = import.ConfigureAwait(false);
        foreach (var (version, entry) in _entries)
        {
            await import.StartRowAsync(cancellationToken).ConfigureAwait(false);
            await import.WriteAsync(version, NpgsqlDbType.Bigint, cancellationToken).ConfigureAwait(false);
            await import.WriteAsync(entry.CreatedAt.UtcTicks, NpgsqlDbType.Bigint, cancellationToken).ConfigureAwait(false);
            await import.WriteAsync(entry.ExpiresAt.UtcTicks, NpgsqlDbType.Bigint, cancellationToken).ConfigureAwait(false);
            await import.WriteAsync(origin, NpgsqlDbType.Bigint, cancellationToken).ConfigureAwait(false);
            await import.WriteAsync(names.IdOf(entry.Partition), NpgsqlDbType.Integer, cancellationToken).ConfigureAwait(false);
            await WriteAsync(IdOf(entry.Owner)).ConfigureAwait(false);
            await WriteAsync(IdOf(entry.EmbeddingModel)).ConfigureAwait(false);
            await import.WriteAsync(entry.Id, NpgsqlDbType.Text, cancellationToken).ConfigureAwait(false);
            await import.WriteAsync(LabelsOf(entry), NpgsqlDbType.Array | NpgsqlDbType.Integer, cancellationToken).ConfigureAwait(false);
            await import.WriteAsync(entry.Metadata, NpgsqlDbType.Bytea, cancellationToken).ConfigureAwait(false);
            await import.WriteAsync(VectorBytes.Encode(entry.Vector.Span), NpgsqlDbType.Bytea, cancellationToken).ConfigureAwait(false);
            await import.WriteAsync(entry.Payload, NpgsqlDbType.Bytea, cancellationToken).ConfigureAwait(false);
        }

        await import.CompleteAsync(cancellationToken).ConfigureAwait(false);

        Task WriteAsync(int? id) => id is { } number ? import.WriteAsync(number, NpgsqlDbType.Integer, cancellationToken) : import.WriteNullAsync(cancellationToken);
    }
}
