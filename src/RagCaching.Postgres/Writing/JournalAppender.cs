using Npgsql;
using RagCaching.Postgres.Database;
using RagCaching.Postgres.Reading;

namespace RagCaching.Postgres.Writing;

/// <summary>Appends batches, one at a time over all instances. Not thread-safe within one.</summary>
internal sealed class JournalAppender(JournalDatabase database, JournalReader reader, PostgresJournalOptions options, TimeProvider time, long origin)
{
    private readonly NameTable _names = new(database.Schema);
    private long _lastSweep = time.GetTimestamp();

    private string Tables => database.Schema.Name;

    /// <summary>Appends changes.</summary>
    /// <exception cref="ArgumentException">The server refuses a value.</exception>
    public async ValueTask<JournalReceipt[]> AppendAsync(IReadOnlyList<JournalChange> changes, CancellationToken cancellationToken)
    {
        try
        {
            return await InTransactionAsync(
                async (connection, state) =>
                {
                    var now = time.GetUtcNow().UtcTicks;
                    await _names.PrepareAsync(connection, NamesOf(changes, now), cancellationToken).ConfigureAwait(false);
                    var batch = new AppendBatch(new AppendScope(connection, Tables, now, origin), reader, new EntryRun(database.Schema, _names, origin), _names, state);
                    await batch.AppendAsync(changes, cancellationToken).ConfigureAwait(false);
                    return (batch.Receipts, batch.State);
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException exception) when (exception.SqlState.StartsWith("22", StringComparison.Ordinal))
        {
            throw new ArgumentException($"PostgreSQL refuses a value ({exception.SqlState}: {exception.MessageText}).", nameof(changes), exception);
        }
    }

    /// <summary>Deletes what has expired, if it is time to.</summary>
    public async ValueTask SweepIfDueAsync(CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(_lastSweep) < options.SweepInterval)
        {
            return;
        }

        _lastSweep = time.GetTimestamp();
        var now = time.GetUtcNow().UtcTicks;
        await InTransactionAsync(
            async (connection, state) =>
            {
                var batch = new NpgsqlBatch(connection);
                await using var batchScope = batch.ConfigureAwait(false);
                batch.Add($"DELETE FROM {Tables}.entries WHERE version IN (SELECT version FROM {Tables}.entries WHERE expires <= $1 LIMIT 5000)", now);
                batch.Add($"DELETE FROM {Tables}.leases WHERE until <= $1", now);
                batch.Add($"DELETE FROM {Tables}.names WHERE id IN (SELECT id FROM {Tables}.names WHERE expires < $1 LIMIT 5000)", now - TimeSpan.TicksPerDay);
                batch.Add($"WITH gone AS (DELETE FROM {Tables}.events WHERE at < $1 RETURNING version) SELECT coalesce(max(version), 0) FROM gone", now - options.RemovalRetention.Ticks);
                var trimmed = 0L;
                var results = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
                await using var resultsScope = results.ConfigureAwait(false);
                do
                {
                    while (await results.ReadAsync(cancellationToken).ConfigureAwait(false))
                    {
                        trimmed = results.GetInt64(0);
                    }
                }
                while (await results.NextResultAsync(cancellationToken).ConfigureAwait(false));
                _names.Forget();
                return (true, state with { Trimmed = Math.Max(state.Trimmed, trimmed) });
            },
            cancellationToken).ConfigureAwait(false);
    }

    private Dictionary<string, long> NamesOf(IReadOnlyList<JournalChange> changes, long now)
    {
        var names = new Dictionary<string, long>(StringComparer.Ordinal);
        var kept = now + options.RemovalRetention.Ticks + TimeSpan.TicksPerDay;
        foreach (var change in changes)
        {
            var until = change.Entry?.ExpiresAt.UtcTicks ?? kept;
            foreach (var name in (IEnumerable<string?>)[change.Filter is { } filter ? filter.Partition : change.Partition, change.Entry?.Owner, change.Entry?.EmbeddingModel, .. change.Entry?.Labels ?? change.Filter?.Labels ?? []])
            {
                if (name is not null)
                {
                    names[name] = Math.Max(until, names.GetValueOrDefault(name));
                }
            }
        }

        return names;
    }

    private async ValueTask<TResult> InTransactionAsync<TResult>(Func<NpgsqlConnection, JournalState, ValueTask<(TResult Result, JournalState State)>> work, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await database.Source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using var connectionScope = connection.ConfigureAwait(false);
            var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using var transactionScope = transaction.ConfigureAwait(false);
            var before = await LockAsync(connection, cancellationToken).ConfigureAwait(false);
            var (result, state) = await work(connection, before).ConfigureAwait(false);
            if (state != before)
            {
                var batch = new NpgsqlBatch(connection);
                await using var batchScope = batch.ConfigureAwait(false);
                batch.Add($"UPDATE {Tables}.state SET version = $1, trimmed = $2, last_removal = $3", state.Version, state.Trimmed, state.LastRemoval);
                batch.Add("SELECT pg_notify($1, $2)", database.Schema.Channel, "");
                await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }

            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return result;
        }
        catch
        {
            _names.Forget();
            throw;
        }
    }

    private async ValueTask<JournalState> LockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(connection);
        await using var batchScope = batch.ConfigureAwait(false);
        batch.Add("SELECT pg_advisory_xact_lock($1)", database.Schema.LockKey);
        batch.Add($"SELECT incarnation, version, trimmed, last_removal FROM {Tables}.state");
        var results = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var resultsScope = results.ConfigureAwait(false);
        await results.NextResultAsync(cancellationToken).ConfigureAwait(false);
        return await JournalDatabase.ReadStateAsync(results, cancellationToken).ConfigureAwait(false);
    }
}
