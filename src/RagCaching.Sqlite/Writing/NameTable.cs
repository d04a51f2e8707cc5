using Microsoft.Data.Sqlite;
using RagCaching.Sqlite.Files;

namespace RagCaching.Sqlite.Writing;

/// <summary>Numbers the names that rows use, so that a digest of 43 characters takes a few bytes in each row.</summary>
/// <remarks>
/// Each name knows when the last row that uses it expires. That time is moved on in steps of an hour, so that a name in use is hardly ever written again. What this process remembers is valid for as long as
/// the transaction that wrote it was: after a roll-back it must be forgotten. Not thread-safe.
/// </remarks>
internal sealed class NameTable(SqliteConnection connection) : IDisposable
{
    private const int Remembered = 16_384;
    private static readonly long Step = TimeSpan.FromHours(1).Ticks;

    private readonly Dictionary<string, (long Id, long Expires)> _known = new(StringComparer.Ordinal);
    private readonly Statement _prolong = new(connection, "UPDATE names SET expires = $2 WHERE id = $1", 2);
    private readonly Statement _add = new(connection, "INSERT INTO names (name, expires) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET expires = max(expires, excluded.expires) RETURNING id, expires", 2);
    private readonly Statement _sweep = new(connection, "DELETE FROM names WHERE id IN (SELECT id FROM names WHERE expires < $1 LIMIT 1000)", 1);

    /// <summary>Gets the number of a name that a row uses until a time.</summary>
    public long IdOf(SqliteTransaction transaction, string name, long until)
    {
        if (_known.TryGetValue(name, out var known))
        {
            if (known.Expires >= until)
            {
                return known.Id;
            }

            if (_prolong.Execute(transaction, known.Id, until + Step) == 1)
            {
                _known[name] = (known.Id, until + Step);
                return known.Id;
            }
        }

        if (_known.Count >= Remembered)
        {
            _known.Clear();
        }

        using var row = _add.Read(transaction, name, until + Step);
        row.Read();
        _known[name] = (row.GetInt64(0), row.GetInt64(1));
        return _known[name].Id;
    }

    /// <summary>Deletes names that no row uses any more.</summary>
    public void Sweep(SqliteTransaction transaction, long now)
    {
        if (_sweep.Execute(transaction, now - TimeSpan.TicksPerDay) > 0)
        {
            _known.Clear();
        }
    }

    /// <summary>Forgets what a transaction wrote that was rolled back.</summary>
    public void Forget() => _known.Clear();

    public void Dispose()
    {
        _prolong.Dispose();
        _add.Dispose();
        _sweep.Dispose();
    }
}
