using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using RagCaching.Tests.TestDoubles;
using StackExchange.Redis;

namespace RagCaching.Engines.Tests.Redis;

/// <summary>A server that is there and does not do what it should: no memory, no right to write, and something else under an entry's key.</summary>
public sealed class RedisTroubleTests
{
    private const string Partition = "partition";
    private const int NotWrittenId = 2101;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private static readonly JournaledVectorStoreOptions Options = new() { MaxStaleness = TimeSpan.FromMinutes(10), CallTimeout = TimeSpan.FromSeconds(2) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Server_OutOfMemory_ServesAndWritesLater()
    {
        await using var server = await RedisServer.StartOrSkipAsync("--maxmemory-policy", "noeviction");
        await using var administration = await AdministrationOf(server);
        await AssertWritesWaitAsync(
            server,
            () => administration.GetServers()[0].ConfigSetAsync("maxmemory", "1"),
            () => administration.GetServers()[0].ConfigSetAsync("maxmemory", "0"));
    }

    [Fact]
    public async Task Server_BecomesAReadOnlyReplica_ServesAndWritesLater()
    {
        await using var server = await RedisServer.StartOrSkipAsync();
        await using var administration = await AdministrationOf(server);
        await AssertWritesWaitAsync(
            server,
            () => administration.GetServers()[0].ExecuteAsync("REPLICAOF", "127.0.0.1", "1"),
            () => administration.GetServers()[0].ExecuteAsync("REPLICAOF", "NO", "ONE"));
    }

    [Theory]
    [InlineData("list")]
    [InlineData("text")]
    [InlineData("hash")]
    [InlineData("damaged labels")]
    [InlineData("nothing")]
    public async Task Entry_KeyHoldsSomethingElse_IsAMissAndTheOthersAreServed(string something)
    {
        await using var server = await RedisServer.StartOrSkipAsync();
        await using var administration = await AdministrationOf(server);
        await using (var first = await StartAsync(server))
        {
            await first.UpsertAsync(Entry("bad"), Token);
            await first.FlushAsync(Token);
            var key = Assert.Single(await administration.GetServers()[0].KeysAsync(pattern: "{ragcaching}:e:*").ToArrayAsync(Token));
            await first.UpsertAsync(Entry("good"), Token);
            await first.FlushAsync(Token);
            var database = administration.GetDatabase();
            await database.KeyDeleteAsync(key);
            await (something switch
            {
                "list" => database.ListLeftPushAsync(key, "x"),
                "text" => database.StringSetAsync(key, "x"),
                "damaged labels" => database.StringSetAsync(key, new string('0', 69) + "4" + new string('0', 10) + "-9:x"),
                "hash" => database.HashSetAsync(key, "x", "y"),
                _ => Task.CompletedTask,
            });
        }

        await using var second = await StartAsync(server);
        Assert.Null(await second.GetContentAsync(Partition, "bad", Token));
        Assert.NotNull(await second.GetContentAsync(Partition, "good", Token));

        // Whatever touches the entry finds its way: a removal by label, another one, and the entry itself.
        await second.RemoveWhereAsync(new VectorFilter { Partition = Partition, Labels = ["label"] }, Token);
        await second.UpsertAsync(Entry("bad"), Token);
        await second.FlushAsync(Token).AsTask().WaitAsync(LongestWait, Token);
        await using var third = await StartAsync(server);
        Assert.NotNull(await third.GetContentAsync(Partition, "bad", Token));
        Assert.Equal(0, second.Status.Dropped);
    }

    private static async Task AssertWritesWaitAsync(RedisServer server, Func<Task> take, Func<Task> give)
    {
        var logs = FakeLogCollector.Create(new FakeLogCollectorOptions());
        var services = new TestServices().Add<ILoggerFactory>(LoggerFactory.Create(logging => logging.AddProvider(new FakeLoggerProvider(logs))));
        await using var first = await StartAsync(server, services);
        await using var second = await StartAsync(server);
        await first.UpsertAsync(Entry("before"), Token);
        await Eventually.HoldsAsync(() => Has(second, "before"), "The sight of what was written before");

        await take();
        await first.UpsertAsync(Entry("during"), Token);
        await Eventually.HoldsAsync(() => logs.GetSnapshot().Any(record => record.Id.Id == NotWrittenId), "A write that fails");
        Assert.True(Has(first, "during") && Has(first, "before") && Has(second, "before"));
        Assert.False(Has(second, "during"));
        await give();

        await Eventually.HoldsAsync(() => Has(second, "during"), "The sight of what was written during the trouble");
        Assert.Equal((0, 0), (first.Status.Dropped, second.Status.Dropped));
    }

    private static async Task<IConnectionMultiplexer> AdministrationOf(RedisServer server) => await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{server.Port},allowAdmin=true");

    private static async Task<JournaledVectorStore> StartAsync(RedisServer server, IServiceProvider? services = null)
    {
        var store = new JournaledVectorStore(new RedisVectorJournal(new RedisJournalOptions { Configuration = $"127.0.0.1:{server.Port}" }), Options, services: services);
        await store.WhenLoadedAsync(Token).WaitAsync(LongestWait, Token);
        return store;
    }

    private static VectorEntry Entry(string id) => new()
    {
        Partition = Partition,
        Id = id,
        Vector = new float[] { 1, 0 },
        Labels = id == "bad" ? ["label"] : [],
        Payload = Encoding.UTF8.GetBytes($"answer {id}"),
        CreatedAt = DateTimeOffset.UtcNow,
        ExpiresAt = DateTimeOffset.UtcNow.AddDays(1),
    };

    private static bool Has(JournaledVectorStore store, string id)
    {
        var read = store.GetContentAsync(Partition, id, Token).AsTask();
        Assert.True(read.IsCompletedSuccessfully, "A lookup waits for the server, or has failed.");
        return read.Result is not null;
    }
}
