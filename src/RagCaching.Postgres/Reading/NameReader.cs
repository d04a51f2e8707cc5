using System.Collections.Concurrent;
using Npgsql;
using RagCaching.Postgres.Database;

namespace RagCaching.Postgres.Reading;

/// <summary>Finds the names behind numbers. A number is never given to another name. Thread-safe.</summary>
internal sealed class NameReader(NpgsqlDataSource source, Schema schema)
{
    private const int Remembered = 32_768;

    private readonly ConcurrentDictionary<int, string> _known = new();

    /// <summary>Gets a name that was prepared; <see langword="null"/> if there is none.</summary>
    public string? NameOf(int id) => _known.GetValueOrDefault(id);

    /// <summary>Makes names known.</summary>
    public async ValueTask PrepareAsync(IEnumerable<int> ids, CancellationToken cancellationToken)
    {
        if (MissingOf(ids) is not { Length: > 0 } missing)
        {
            return;
        }

        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            await ReadAsync(connection, missing, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Makes names known, also those that the transaction of a connection has added.</summary>
    public async ValueTask PrepareAsync(NpgsqlConnection connection, IEnumerable<int> ids, CancellationToken cancellationToken)
    {
        if (MissingOf(ids) is { Length: > 0 } missing)
        {
            await ReadAsync(connection, missing, cancellationToken).ConfigureAwait(false);
        }
    }

    private int[] MissingOf(IEnumerable<int> ids)
    {
        if (_known.Count >= Remembered)
        {
            _known.Clear();
        }

        return [.. ids.Where(id => !_known.ContainsKey(id)).Distinct()];
    }

    private async ValueTask ReadAsync(NpgsqlConnection connection, int[] ids, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand($"SELECT id, name FROM {schema.Name}.names WHERE id = ANY ($1)", connection);
        await using var commandScope = command.ConfigureAwait(false);
        command.Parameters.Add(new NpgsqlParameter { Value = ids });
        var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var rowsScope = rows.ConfigureAwait(false);
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            _known[rows.GetInt32(0)] = rows.GetString(1);
        }
    }
}
