using System.Text;
using Microsoft.Data.Sqlite;

namespace RagCaching.Sqlite.Writing;

/// <summary>Finds the entries that a filter selects.</summary>
internal static class FilterQuery
{
    /// <summary>Gets their versions.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="transaction">Its transaction.</param>
    /// <param name="partition">The number of the partition; <see langword="null"/> for all.</param>
    /// <param name="labels">The numbers of the labels that an entry must have.</param>
    /// <param name="createdBefore">The time before which an entry must have been created; <see langword="null"/> for any.</param>
    public static List<long> Find(SqliteConnection connection, SqliteTransaction transaction, long? partition, long[] labels, long? createdBefore)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        var sql = new StringBuilder("SELECT version FROM entries WHERE 1");
        if (partition is not null)
        {
            sql.Append(" AND partition = $partition");
            command.Parameters.AddWithValue("$partition", partition.Value);
        }

        if (createdBefore is not null)
        {
            sql.Append(" AND created < $before");
            command.Parameters.AddWithValue("$before", createdBefore.Value);
        }

        for (var i = 0; i < labels.Length; i++)
        {
            sql.Append(System.Globalization.CultureInfo.InvariantCulture, $" AND version IN (SELECT entry FROM entry_labels WHERE label = $label{i})");
            command.Parameters.AddWithValue($"$label{i}", labels[i]);
        }

        // The text is made of constants; whatever comes from outside is a parameter.
        command.CommandText = sql.ToString();
        using var rows = command.ExecuteReader();
        var versions = new List<long>();
        while (rows.Read())
        {
            versions.Add(rows.GetInt64(0));
        }

        return versions;
    }
}
