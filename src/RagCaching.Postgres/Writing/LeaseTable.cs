using Npgsql;
using RagCaching.Postgres.Database;

namespace RagCaching.Postgres.Writing;

/// <summary>Who is generating which answer. Thread-safe.</summary>
internal sealed class LeaseTable(JournalDatabase database, TimeProvider time)
{
    private string Table => $"{database.Schema.Name}.leases";

    public async ValueTask<string?> TryAcquireAsync(string name, TimeSpan duration, CancellationToken cancellationToken)
    {
        var token = Guid.NewGuid().ToString("N");
        var now = time.GetUtcNow().UtcTicks;
        var command = Command(
            $"INSERT INTO {Table} AS l (name, token, until) VALUES ($1, $2, $3) ON CONFLICT (name) DO UPDATE SET token = excluded.token, until = excluded.until WHERE l.until <= $4", name, token, now + duration.Ticks, now);
        await using var commandScope = command.ConfigureAwait(false);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) == 1 ? token : null;
    }

    public async ValueTask<bool> IsHeldAsync(string name, CancellationToken cancellationToken)
    {
        var command = Command($"SELECT 1 FROM {Table} WHERE name = $1 AND until > $2", name, time.GetUtcNow().UtcTicks);
        await using var commandScope = command.ConfigureAwait(false);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not null;
    }

    public async ValueTask ReleaseAsync(string name, string token, CancellationToken cancellationToken)
    {
        var command = Command($"DELETE FROM {Table} WHERE name = $1 AND token = $2", name, token);
        await using var commandScope = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = database.Source.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
