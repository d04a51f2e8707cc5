namespace RagCaching.JournalLab;

/// <summary>Makes journals of the three engines.</summary>
internal static class Engines
{
    /// <summary>Makes a journal.</summary>
    /// <param name="engine"><c>sqlite</c>, <c>redis</c> or <c>postgres</c>.</param>
    /// <param name="address">The file, the server or the connection string.</param>
    /// <param name="name">What tells journals on one server apart.</param>
    /// <exception cref="ArgumentException">There is no such engine.</exception>
    public static IVectorJournal Create(string engine, string address, string name) => engine switch
    {
        "sqlite" => new SqliteVectorJournal(new SqliteJournalOptions { Path = address }),
        "redis" => new RedisVectorJournal(new RedisJournalOptions { Configuration = address, Name = name }),
        "postgres" => new PostgresVectorJournal(new PostgresJournalOptions { ConnectionString = address, Schema = name }),
        _ => throw new ArgumentException($"'{engine}' is no engine: sqlite, redis or postgres.", nameof(engine)),
    };
}
