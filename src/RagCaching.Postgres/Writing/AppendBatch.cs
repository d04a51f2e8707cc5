using Npgsql;
using RagCaching.Postgres.Database;
using RagCaching.Postgres.Reading;

namespace RagCaching.Postgres.Writing;

/// <summary>One batch inside its transaction.</summary>
internal sealed class AppendBatch(AppendScope scope, JournalReader reader, EntryRun run, NameTable names, JournalState state)
{
    private JournalChange[]? _removals;
    private long[] _removalVersions = [];

    /// <summary>Gets the receipts.</summary>
    public JournalReceipt[] Receipts { get; private set; } = [];

    /// <summary>Gets the state after the batch.</summary>
    public JournalState State { get; private set; } = state;

    /// <summary>Appends changes.</summary>
    public async ValueTask AppendAsync(IReadOnlyList<JournalChange> changes, CancellationToken cancellationToken)
    {
        Receipts = new JournalReceipt[changes.Count];
        var oldest = changes.Where(change => change.Entry is not null).Select(change => change.BasedOn).DefaultIfEmpty(long.MaxValue).Min();
        for (var i = 0; i < Receipts.Length; i++)
        {
            Receipts[i] = await AppendAsync(changes[i], oldest, cancellationToken).ConfigureAwait(false);
        }

        await run.WriteAsync(scope.Connection, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<JournalReceipt> AppendAsync(JournalChange change, long oldest, CancellationToken cancellationToken)
    {
        if (change.Kind != JournalChangeKind.Upsert)
        {
            await run.WriteAsync(scope.Connection, cancellationToken).ConfigureAwait(false);
        }

        var version = State.Version + 1;
        switch (change.Kind)
        {
            case JournalChangeKind.Upsert:
                var entry = change.Entry ?? throw new ArgumentException("An upsert has no entry.", nameof(change));
                if (!State.Position.IsKnownTo(change) || change.BasedOn < State.Trimmed || (change.BasedOn < State.LastRemoval && await IsRemovedAsync(entry, change.BasedOn, oldest, cancellationToken).ConfigureAwait(false)))
                {
                    return new JournalReceipt(State.Version, IsRefused: true, Affected: 0);
                }

                if (!run.TryAdd(entry, version))
                {
                    await run.WriteAsync(scope.Connection, cancellationToken).ConfigureAwait(false);
                    run.TryAdd(entry, version);
                }

                State = State with { Version = version };
                return new JournalReceipt(version, IsRefused: false, Affected: 1);
            case JournalChangeKind.SetMetadata:
                if (!await SetMetadataAsync(change, version, cancellationToken).ConfigureAwait(false))
                {
                    return new JournalReceipt(State.Version, IsRefused: false, Affected: 0);
                }

                State = State with { Version = version };
                return new JournalReceipt(version, IsRefused: false, Affected: 1);
            case JournalChangeKind.Learn:
                await AddEventAsync(change, version, cancellationToken).ConfigureAwait(false);
                State = State with { Version = version };
                return new JournalReceipt(version, IsRefused: false, Affected: 0);
            default:
                await AddEventAsync(change, version, cancellationToken).ConfigureAwait(false);
                State = State with { Version = version, LastRemoval = version };

                // Read again when next needed: this one is among them.
                _removals = null;
                return new JournalReceipt(version, IsRefused: false, await RemoveAsync(change, cancellationToken).ConfigureAwait(false));
        }
    }

    private async ValueTask<bool> IsRemovedAsync(VectorEntry entry, long since, long oldest, CancellationToken cancellationToken)
    {
        if (_removals is null)
        {
            var rows = new List<EventRow>();
            var command = new NpgsqlCommand($"SELECT {EventRow.Columns} FROM {scope.Tables}.events WHERE version > $1 AND kind IN (3, 4) ORDER BY version", scope.Connection);
            await using (command.ConfigureAwait(false))
            {
                command.Parameters.Add(new NpgsqlParameter { Value = oldest });
                var results = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
                await using var resultsScope = results.ConfigureAwait(false);
                while (await results.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    rows.Add(EventRow.Read(results));
                }
            }

            // Names that this transaction has added are not visible to another scope.Connection.
            await reader.Names.PrepareAsync(scope.Connection, rows.SelectMany(row => row.Names), cancellationToken).ConfigureAwait(false);
            _removals = [.. rows.Select(row => row.ToChange(reader.Names))];
            _removalVersions = [.. rows.Select(row => row.Version)];
        }

        for (var i = 0; i < _removals.Length; i++)
        {
            if (_removalVersions[i] > since && _removals[i].Covers(entry))
            {
                return true;
            }
        }

        return false;
    }

    private async ValueTask<bool> SetMetadataAsync(JournalChange change, long version, CancellationToken cancellationToken)
    {
        // Read by everybody, also by this instance: origin 0 is nobody.
        var command = new NpgsqlCommand($"UPDATE {scope.Tables}.entries SET version = $1, metadata = $2, origin = 0 WHERE partition = $3 AND id = $4 AND created = $5 AND expires > $6", scope.Connection);
        await using var commandScope = command.ConfigureAwait(false);
        foreach (var value in (object[])[version, change.Content.ToArray(), names.IdOf(change.Partition), change.Id, change.CreatedAt.UtcTicks, scope.Now])
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) == 1;
    }

    private async ValueTask AddEventAsync(JournalChange change, long version, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(scope.Connection);
        await using var batchScope = batch.ConfigureAwait(false);
        var partition = change.Filter is { } filter ? filter.Partition : change.Partition;
        batch.Add(
            $"INSERT INTO {scope.Tables}.events (version, kind, at, origin, partition, id, labels, created_before, content) VALUES ($1, $2, $3, $4, $5::int, $6::text, $7, $8::bigint, $9)",
            version,
            (int)change.Kind,
            scope.Now,
            scope.Origin,
            partition is null ? null : names.IdOf(partition),
            change.Kind == JournalChangeKind.Remove ? change.Id : null,
            LabelsOf(change),
            change.Filter?.CreatedBefore?.UtcTicks,
            change.Content.ToArray());
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<long> RemoveAsync(JournalChange change, CancellationToken cancellationToken)
    {
        var partition = change.Filter is { } filter ? filter.Partition : change.Partition;
        var command = new NpgsqlCommand(
            $"""
            WITH gone AS (
                DELETE FROM {scope.Tables}.entries
                WHERE ($1::int IS NULL OR partition = $1) AND ($2::text IS NULL OR id = $2) AND labels @> $3 AND ($4::bigint IS NULL OR created < $4)
                RETURNING expires)
            SELECT count(*) FILTER (WHERE expires > $5) FROM gone
            """,
            scope.Connection);
        await using var commandScope = command.ConfigureAwait(false);
        foreach (var value in (object?[])[partition is null ? null : names.IdOf(partition), change.Kind == JournalChangeKind.Remove ? change.Id : null, LabelsOf(change), change.Filter?.CreatedBefore?.UtcTicks, scope.Now])
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        return (long)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    private int[] LabelsOf(JournalChange change) => [.. (change.Filter?.Labels ?? []).Select(names.IdOf)];
}
