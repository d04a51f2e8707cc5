using Npgsql;

namespace RagCaching.Postgres.Database;

/// <summary>Adds statements to a batch, which travels in one piece.</summary>
internal static class Sql
{
    public static void Add(this NpgsqlBatch batch, string sql, params ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        batch.BatchCommands.Add(command);
    }
}
