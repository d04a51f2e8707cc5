using Microsoft.Data.Sqlite;

namespace RagCaching.Engines.Tests.Import;

/// <summary>A database with the tables and columns of a GPTCache.</summary>
internal sealed class GptCacheFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ragcaching-gptcache-");

    public GptCacheFile(string name = "gptcache")
    {
        Execute($"""
            CREATE TABLE {name}_question (id INTEGER NOT NULL, question VARCHAR(3000) NOT NULL, create_on DATETIME, last_access DATETIME, embedding_data BLOB, deleted INTEGER, PRIMARY KEY (id));
            CREATE TABLE {name}_answer (id INTEGER NOT NULL, question_id INTEGER NOT NULL, answer VARCHAR(3000) NOT NULL, answer_type INTEGER NOT NULL, PRIMARY KEY (id));
            CREATE TABLE {name}_question_dep (id INTEGER NOT NULL, question_id INTEGER NOT NULL, dep_name VARCHAR(1000) NOT NULL, dep_data VARCHAR(3000) NOT NULL, dep_type INTEGER NOT NULL, PRIMARY KEY (id));
            CREATE TABLE {name}_session (id INTEGER NOT NULL, question_id INTEGER NOT NULL, session_id VARCHAR(1000) NOT NULL, session_question VARCHAR(3000) NOT NULL, PRIMARY KEY (id));
            """);
    }

    public string Path => System.IO.Path.Combine(_folder.FullName, "sqlite.db");

    public void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
