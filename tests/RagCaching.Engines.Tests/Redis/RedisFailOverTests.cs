using System.Text;
using RagCaching.Tests.TestDoubles;
using StackExchange.Redis;

namespace RagCaching.Engines.Tests.Redis;

/// <summary>A replica that takes over from a server that is gone.</summary>
public sealed class RedisFailOverTests
{
    private const string Partition = "partition";

    private static readonly JournaledVectorStoreOptions Options = new() { MaxStaleness = TimeSpan.FromMinutes(10), CallTimeout = TimeSpan.FromSeconds(2) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static VectorEntry Entry(string id, string[]? labels = null) => new()
    {
        Partition = Partition,
        Id = id,
        Vector = new float[] { 1, 0 },
        Payload = Encoding.UTF8.GetBytes($"answer {id}"),
        Labels = labels ?? [],
        CreatedAt = DateTimeOffset.UtcNow,
        ExpiresAt = DateTimeOffset.UtcNow.AddDays(1),
    };

    private static bool Has(JournaledVectorStore store, string id)
    {
        var read = store.GetContentAsync(Partition, id, Token).AsTask();
        Assert.True(read.IsCompletedSuccessfully, "A lookup waits for the server, or has failed.");
        return read.Result is not null;
    }

    [Fact]
    public async Task FailOver_ToAReplica_LosesNothingAndBringsNothingBack()
    {
        await using var primary = await RedisServer.StartOrSkipAsync();
        await using var replica = await RedisServer.StartOrSkipAsync("--replicaof", "127.0.0.1", $"{primary.Port}");
        await using var administration = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{replica.Port},allowAdmin=true");
        async Task<JournaledVectorStore> StartAsync()
        {
            var store = new JournaledVectorStore(new RedisVectorJournal(new RedisJournalOptions { Configuration = $"127.0.0.1:{primary.Port},127.0.0.1:{replica.Port}" }), Options);
            await store.WhenLoadedAsync(Token);
            return store;
        }

        await using var first = await StartAsync();
        await using var second = await StartAsync();
        await first.UpsertAsync(Entry("kept"), Token);
        await first.UpsertAsync(Entry("removed", ["label"]), Token);
        await first.FlushAsync(Token);
        await Eventually.HoldsAsync(() => Has(second, "kept") && Has(second, "removed"), "The first entries");
        Assert.Equal(1, await second.RemoveWhereAsync(new VectorFilter { Labels = ["label"] }, Token));
        await ReplicatedAsync(primary, administration);

        await primary.KillAsync();
        await first.UpsertAsync(Entry("during"), Token);
        Assert.True(Has(first, "during") && Has(second, "kept"));
        await administration.GetServers()[0].ExecuteAsync("REPLICAOF", "NO", "ONE");

        await Eventually.HoldsAsync(() => Has(second, "during"), "What was written while nobody was there");
        await second.UpsertAsync(Entry("after"), Token);
        await Eventually.HoldsAsync(() => Has(first, "after"), "What the new server has been told");
        Assert.All(new[] { first, second }, store => Assert.Equal((true, false), (Has(store, "kept"), Has(store, "removed"))));
        Assert.Equal((0, 0), (first.Status.Dropped, second.Status.Dropped));
    }

    [Fact]
    public async Task FailOver_ToAReplicaThatLacksTheLastChanges_GivesTheirVersionsToNobodyElse()
    {
        await using var primary = await RedisServer.StartOrSkipAsync();
        await using var replica = await RedisServer.StartOrSkipAsync("--replicaof", "127.0.0.1", $"{primary.Port}");
        await using var administration = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{replica.Port},allowAdmin=true");
        await using var journal = new RedisVectorJournal(new RedisJournalOptions { Configuration = $"127.0.0.1:{primary.Port},127.0.0.1:{replica.Port}" });
        await journal.OpenAsync(new JournalIdentity { KeyCheck = "key" }, Token);
        await journal.AppendAsync([JournalChange.Upsert(Entry("replicated"), long.MaxValue)], Token);
        await ReplicatedAsync(primary, administration);

        await replica.FreezeAsync();
        var lost = await journal.AppendAsync([.. Enumerable.Range(0, 5).Select(i => JournalChange.Upsert(Entry($"lost {i}"), long.MaxValue))], Token);
        await primary.KillAsync();
        await replica.ThawAsync();
        await administration.GetServers()[0].ExecuteAsync("REPLICAOF", "NO", "ONE");

        var removal = await AppendAsync(journal, JournalChange.RemoveWhere(new VectorFilter { Labels = ["label"] }));
        var older = await AppendAsync(journal, JournalChange.Upsert(Entry("older", ["label"]), lost[^1].Version));

        Assert.True(removal.Version > lost[^1].Version, $"The removal has version {removal.Version}, the last change that was lost {lost[^1].Version}.");
        Assert.True(older.IsRefused);
    }

    // Until the client has found the new server.
    private static async Task<JournalReceipt> AppendAsync(RedisVectorJournal journal, JournalChange change)
    {
        for (var attempts = 0; ; attempts++)
        {
            try
            {
                return (await journal.AppendAsync([change], Token))[0];
            }
            catch (RedisException) when (attempts < 1_000_000)
            {
                await Task.Yield();
            }
        }
    }

    // A replica that lacks the last changes when it takes over is the case of a server that lost its data.
    private static async Task ReplicatedAsync(RedisServer primary, ConnectionMultiplexer replica)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{primary.Port},allowAdmin=true");
        var offset = await OffsetAsync(connection, "master_repl_offset");
        await Eventually.HoldsAsync(() => OffsetAsync(replica, "slave_repl_offset").Result >= offset, "Replication");
    }

    private static async Task<long> OffsetAsync(ConnectionMultiplexer connection, string field)
    {
        var text = (string)(await connection.GetServers()[0].ExecuteAsync("INFO", "replication"))!;
        return long.Parse(text.Split($"{field}:")[1].Split('\r')[0], System.Globalization.CultureInfo.InvariantCulture);
    }
}
