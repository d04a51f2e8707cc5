using Microsoft.Extensions.DependencyInjection;
using RagCaching.Engines.Tests.Postgres;
using RagCaching.Engines.Tests.Redis;
using RagCaching.Engines.Tests.Sqlite;

namespace RagCaching.Engines.Tests.Replay;

/// <summary>A journal of an engine that is named, for one test.</summary>
internal sealed class JournalUnderTest(PostgresServer postgres, SharedRedis redis) : IDisposable
{
    private readonly TestFile _file = new();
    private readonly string _name = $"journal_{Guid.NewGuid():N}";

    /// <summary>Starts what the engine needs, or skips the test.</summary>
    /// <returns>What makes a cache use the journal.</returns>
    public async Task<Action<IRagCachingBuilder>> PrepareAsync(string engine)
    {
        switch (engine)
        {
            case "redis":
                await redis.StartOrSkipAsync();
                return builder => builder.UseRedisJournal(redis.Configuration, options => options.Name = _name);
            case "postgres":
                await postgres.StartOrSkipAsync();
                return builder => builder.UsePostgresJournal(postgres.ConnectionString, options => options.Schema = _name);
            default:
                return builder => builder.UseSqliteJournal(_file.Path);
        }
    }

    public void Dispose() => _file.Dispose();
}
