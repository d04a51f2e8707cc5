using RagCaching.Engines.Tests.Histories.Worlds;
using RagCaching.Engines.Tests.Postgres;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Engines.Tests.Histories;

/// <summary>Random callers and a nemesis, over every engine: what the cache promises, it keeps.</summary>
[Collection(nameof(RunsAlone))]
[Trait("Category", "History")]
public sealed class HistoryTests(ITestOutputHelper output)
{
    public static TheoryData<string> Engines => [.. HistoryBudget.Engines];

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Histories_OfEveryEngine_KeepEveryPromise(string name)
    {
        await using var engine = await StartOrSkipAsync(name);
        foreach (var seed in HistoryBudget.Seeds)
        {
            var check = new HistoryCheck(engine);
            await check.RunAsync(seed, HistoryBudget.Time);
            output.WriteLine($"{name}: {check.Runs} runs from seed {seed}, {check.Calls} calls, no violation.");
        }
    }

    private static async Task<HistoryEngine> StartOrSkipAsync(string name)
    {
        switch (name)
        {
            case "memory":
                return new MemoryStoreEngine();
            case "journal":
                return new MemoryJournalEngine();
            case "sqlite":
                return new SqliteEngine();
            case "redis":
                return new RedisEngine(await RedisServer.StartOrSkipAsync(), isPersistent: false);
            case "redis-with-data":
                return new RedisEngine(await RedisServer.StartOrSkipAsync("--appendonly", "yes", "--appendfsync", "always"), isPersistent: true);
            default:
                var server = new PostgresServer();
                await server.StartOrSkipAsync();
                return new PostgresEngine(server);
        }
    }
}
