using System.Text;
using RagCaching.Engines.Tests.Postgres;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Engines.Tests.Processes;

/// <summary>Servers that are frozen, killed and started again, with two instances at work: no caller gets an error, and what was written comes through.</summary>
public sealed class ServerOutageTests
{
    private const string Partition = "partition";

    private static readonly JournaledVectorStoreOptions Options = new() { MaxStaleness = TimeSpan.FromMinutes(10), CallTimeout = TimeSpan.FromSeconds(2) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static VectorEntry Entry(string id) => new()
    {
        Partition = Partition,
        Id = id,
        Vector = new float[] { 1, 0 },
        Payload = Encoding.UTF8.GetBytes($"answer {id}"),
        CreatedAt = DateTimeOffset.UtcNow,
        ExpiresAt = DateTimeOffset.UtcNow.AddDays(1),
    };

    private static async Task<JournaledVectorStore> StartAsync(IVectorJournal journal)
    {
        var store = new JournaledVectorStore(journal, Options);
        await store.WhenLoadedAsync(Token);
        return store;
    }

    private static bool Has(JournaledVectorStore store, string id)
    {
        var read = store.GetContentAsync(Partition, id, Token).AsTask();
        Assert.True(read.IsCompletedSuccessfully, "A lookup waits for the server, or has failed.");
        return read.Result is not null;
    }

    private static Task UntilAsync(JournaledVectorStore store, string id) => Eventually.HoldsAsync(() => Has(store, id), $"The sight of {id}");

    private static Func<JournaledVectorStore, string, Task> Writing => async (store, id) => await store.UpsertAsync(Entry(id), Token);

    [Fact]
    public async Task Redis_FrozenAndThawed_LosesNothing()
    {
        await using var server = await RedisServer.StartOrSkipAsync();
        IVectorJournal NewJournal() => new RedisVectorJournal(new RedisJournalOptions { Configuration = $"127.0.0.1:{server.Port}" });
        await using var first = await StartAsync(NewJournal());
        await using var second = await StartAsync(NewJournal());
        await Writing(first, "before");
        await UntilAsync(second, "before");

        await server.FreezeAsync();
        await Writing(first, "during");
        Assert.True(Has(first, "during") && Has(second, "before"));
        await server.ThawAsync();

        await UntilAsync(second, "during");
        Assert.Equal(0, first.Status.Dropped);
    }

    [Fact]
    public async Task Redis_KilledAndStartedWithoutItsData_BeginsAnew()
    {
        await using var server = await RedisServer.StartOrSkipAsync();
        IVectorJournal NewJournal() => new RedisVectorJournal(new RedisJournalOptions { Configuration = $"127.0.0.1:{server.Port}" });
        await using var first = await StartAsync(NewJournal());
        await using var second = await StartAsync(NewJournal());
        await Writing(first, "before");
        await UntilAsync(second, "before");

        await server.KillAsync();
        await Writing(first, "during");
        Assert.True(Has(first, "during") && Has(first, "before"));
        await server.StartAsync();

        // What the server has lost is gone everywhere. So is what waited for it: a removal may have been lost, too.
        await Eventually.HoldsAsync(() => !Has(first, "before") && !Has(second, "before") && !Has(first, "during"), "Loading again");
        Assert.False(Has(second, "during"));
        await Writing(second, "after");
        await UntilAsync(first, "after");
    }

    [Fact]
    public async Task Postgres_KilledAndStarted_LosesNothing()
    {
        await using var server = new PostgresServer();
        await server.StartOrSkipAsync();
        IVectorJournal NewJournal() => new PostgresVectorJournal(new PostgresJournalOptions { ConnectionString = server.ConnectionString });
        await using var first = await StartAsync(NewJournal());
        await using var second = await StartAsync(NewJournal());
        await Writing(first, "before");
        await UntilAsync(second, "before");

        await server.KillAsync();
        await Writing(first, "during");
        Assert.True(Has(first, "during") && Has(second, "before"));
        await server.StartAsync();

        await UntilAsync(second, "during");
        Assert.True(Has(second, "before"));
        Assert.Equal(0, first.Status.Dropped);
        await using var third = await StartAsync(NewJournal());
        Assert.True(Has(third, "before") && Has(third, "during"));
    }

    [Fact]
    public async Task Postgres_AMissingDatabase_IsSaidForGood()
    {
        await using var server = new PostgresServer();
        await server.StartOrSkipAsync();
        await using var store = new JournaledVectorStore(new PostgresVectorJournal(new PostgresJournalOptions { ConnectionString = server.ConnectionString.Replace("Database=postgres", "Database=missing", StringComparison.Ordinal) }), Options);

        var exception = await Assert.ThrowsAsync<JournalMismatchException>(() => store.WhenOpenAsync(Token));

        Assert.Contains("PostgresJournalOptions.ConnectionString", exception.Message, StringComparison.Ordinal);
        Assert.Contains("missing", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_AServerThatIsNotThere_StartsAndMisses()
    {
        await using var redis = new JournaledVectorStore(new RedisVectorJournal(new RedisJournalOptions { Configuration = "127.0.0.1:1" }), Options);
        await using var postgres = new JournaledVectorStore(new PostgresVectorJournal(new PostgresJournalOptions { ConnectionString = "Host=127.0.0.1;Port=1;Username=u" }), Options);
        foreach (var store in (JournaledVectorStore[])[redis, postgres])
        {
            await Writing(store, "waiting");

            await Assert.ThrowsAsync<JournalUnavailableException>(async () => await store.GetContentAsync(Partition, "waiting", Token));
            Assert.False(store.Status.IsServing);
        }
    }
}
