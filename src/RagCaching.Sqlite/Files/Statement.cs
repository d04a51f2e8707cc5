using Microsoft.Data.Sqlite;

namespace RagCaching.Sqlite.Files;

/// <summary>A prepared statement, whose parameters are numbered from 1.</summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand _command;
    private readonly SqliteParameter[] _parameters;

    public Statement(SqliteConnection connection, string sql, int parameters)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        _parameters = [.. Enumerable.Range(1, parameters).Select(i => _command.Parameters.Add($"${i}", SqliteType.Blob))];
    }

    public int Execute(SqliteTransaction? transaction, params ReadOnlySpan<object?> values) => Bind(transaction, values).ExecuteNonQuery();

    /// <summary>Gets the first column of the first row; <see langword="null"/> if there is none.</summary>
    public object? Scalar(SqliteTransaction? transaction, params ReadOnlySpan<object?> values) => Bind(transaction, values).ExecuteScalar() is { } value and not DBNull ? value : null;

    public SqliteDataReader Read(SqliteTransaction? transaction, params ReadOnlySpan<object?> values) => Bind(transaction, values).ExecuteReader();

    public void Dispose() => _command.Dispose();

    private SqliteCommand Bind(SqliteTransaction? transaction, ReadOnlySpan<object?> values)
    {
        _command.Transaction = transaction;
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = _parameters[i];
            parameter.SqliteType = values[i] switch { long or int => SqliteType.Integer, string => SqliteType.Text, _ => SqliteType.Blob };
            parameter.Value = values[i] ?? DBNull.Value;
        }

        return _command;
    }
}
