using Microsoft.Data.Sqlite;

namespace RagCaching.Import.Databases;

/// <summary>The tables of a GPTCache that keeps its texts in SQLite.</summary>
/// <remarks>
/// <c>{name}_question</c>: id, question, create_on, last_access, embedding_data, deleted (0, or -1 when it is to go). <c>{name}_answer</c>: id, question_id, answer, answer_type (0 text, 1 image in Base64, 2 address of an
/// image). <c>{name}_question_dep</c>: what a question depends on beside its text. The layout was learnt from the public sources of GPTCache.
/// </remarks>
internal static class GptCacheTables
{
    /// <summary>The columns of <see cref="Query"/>.</summary>
    public enum Column
    {
        Id,
        QuestionLength,
        Question,
        AnswerLength,
        Answer,
        AnswerType,
        Dependencies,
    }

    /// <summary>Opens the file, which is not changed.</summary>
    public static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Finds the names of the tables that there are, in lower case.</summary>
    public static HashSet<string> Names(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT lower(name) FROM sqlite_master WHERE type IN ('table', 'view')";
        using var reader = command.ExecuteReader();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (reader.Read())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    /// <summary>Makes the query: one row for each question that is not deleted, with its first answer that is a text, or else with its first.</summary>
    /// <param name="name">What the names of the tables begin with: letters, digits and underscores.</param>
    /// <param name="hasDependencies">Whether there is a table of dependencies.</param>
    public static string Query(string name, bool hasDependencies) => $"""
        SELECT q.id,
               {Bytes("q.question")}, CASE WHEN typeof(q.question) = 'text' AND {Bytes("q.question")} <= $limit THEN q.question END,
               {Bytes("a.answer")}, CASE WHEN typeof(a.answer) = 'text' AND {Bytes("a.answer")} <= $limit THEN a.answer END,
               a.answer_type,
               {(hasDependencies ? "d.question_id IS NOT NULL" : "0")}
        FROM "{name}_question" q
        LEFT JOIN (SELECT question_id, COALESCE(MIN(CASE WHEN answer_type = 0 THEN id END), MIN(id)) AS id FROM "{name}_answer" GROUP BY question_id) f ON f.question_id = q.id
        LEFT JOIN "{name}_answer" a ON a.id = f.id
        {(hasDependencies ? $"LEFT JOIN (SELECT DISTINCT question_id FROM \"{name}_question_dep\") d ON d.question_id = q.id" : "")}
        WHERE COALESCE(q.deleted, 0) = 0
        ORDER BY q.id
        """;

    // The length of a text counts up to its first NUL, after which any number of characters may come.
    private static string Bytes(string column) => $"length(CAST({column} AS BLOB))";
}
