using Npgsql;
using RagCaching.Postgres.Database;

namespace RagCaching.Postgres.Writing;

/// <summary>Numbers the names that rows use. Used under the lock of appending transactions; what it remembers of a transaction that was rolled back must be forgotten.</summary>
internal sealed class NameTable(Schema schema)
{
    private const int Remembered = 16_384;
    private static readonly long Step = TimeSpan.FromHours(1).Ticks;

    private readonly Dictionary<string, (int Id, long Expires)> _known = new(StringComparer.Ordinal);

    /// <summary>Gets the number of a name that was prepared.</summary>
    public int IdOf(string name) => _known[name].Id;

    /// <summary>Numbers names, each of which rows use until a time.</summary>
    public async ValueTask PrepareAsync(NpgsqlConnection connection, Dictionary<string, long> names, CancellationToken cancellationToken)
    {
        if (_known.Count >= Remembered)
        {
            _known.Clear();
        }

        // In one order everywhere, though nobody else writes meanwhile.
        var missing = names.Where(pair => !_known.TryGetValue(pair.Key, out var known) || known.Expires < pair.Value).OrderBy(pair => pair.Key, StringComparer.Ordinal).ToArray();
        if (missing.Length == 0)
        {
            return;
        }

        var command = new NpgsqlCommand(
            $"""
            INSERT INTO {schema.Name}.names AS n (name, expires) SELECT * FROM unnest($1::text[], $2::bigint[])
            ON CONFLICT (name) DO UPDATE SET expires = greatest(n.expires, excluded.expires) RETURNING n.id, n.name, n.expires
            """,
            connection);
        await using var commandScope = command.ConfigureAwait(false);
        command.Parameters.Add(new NpgsqlParameter { Value = missing.Select(pair => pair.Key).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = missing.Select(pair => Math.Min(pair.Value, long.MaxValue - Step) + Step).ToArray() });
        var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var rowsScope = rows.ConfigureAwait(false);
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            _known[rows.GetString(1)] = (rows.GetInt32(0), rows.GetInt64(2));
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Forget() => _known.Clear();
}
