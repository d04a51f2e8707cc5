using Microsoft.Data.Sqlite;
using RagCaching.Sqlite.Files;

namespace RagCaching.Sqlite.Reading;

/// <summary>Finds the names behind numbers. A number is never given to another name. Not thread-safe.</summary>
internal sealed class NameReader(SqliteConnection connection) : IDisposable
{
    private const int Remembered = 16_384;

    private readonly Dictionary<long, string> _known = [];
    private readonly Statement _find = new(connection, "SELECT name FROM names WHERE id = $1", 1);

    /// <summary>Gets a name.</summary>
    /// <returns><see langword="null"/> if there is none, which means that the row is damaged.</returns>
    public string? NameOf(SqliteTransaction? transaction, long id)
    {
        if (_known.TryGetValue(id, out var known))
        {
            return known;
        }

        if (_find.Scalar(transaction, id) is not string name)
        {
            return null;
        }

        if (_known.Count >= Remembered)
        {
            _known.Clear();
        }

        return _known[id] = name;
    }

    public void Dispose() => _find.Dispose();
}
