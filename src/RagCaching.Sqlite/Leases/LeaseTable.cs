using Microsoft.Data.Sqlite;

namespace RagCaching.Sqlite.Leases;

/// <summary>Who is generating which answer.</summary>
internal static class LeaseTable
{
    public static string? TryAcquire(SqliteTransaction transaction, string name, long now, TimeSpan duration)
    {
        var token = Guid.NewGuid().ToString("N");
        using var command = Command(
            transaction,
            "INSERT INTO leases (name, token, until) VALUES ($name, $token, $until) ON CONFLICT (name) DO UPDATE SET token = excluded.token, until = excluded.until WHERE leases.until <= $now",
            ("$name", name),
            ("$token", token),
            ("$until", now + duration.Ticks),
            ("$now", now));
        return command.ExecuteNonQuery() == 1 ? token : null;
    }

    public static bool IsHeld(SqliteTransaction transaction, string name, long now)
    {
        using var command = Command(transaction, "SELECT 1 FROM leases WHERE name = $name AND until > $now", ("$name", name), ("$now", now));
        return command.ExecuteScalar() is not null;
    }

    public static bool Release(SqliteTransaction transaction, string name, string token)
    {
        using var command = Command(transaction, "DELETE FROM leases WHERE name = $name AND token = $token", ("$name", name), ("$token", token));
        return command.ExecuteNonQuery() == 1;
    }

    private static SqliteCommand Command(SqliteTransaction transaction, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }
}
