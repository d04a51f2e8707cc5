using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using RagCaching.Diagnostics;
using RagCaching.Tests.TestDoubles;
using static RagCaching.Tests.TestDoubles.SynchronousCalls;
using static RagCaching.Tests.VectorStores.InMemory.VersionedEntries;

namespace RagCaching.Tests.VectorStores.InMemory;

/// <summary>
/// Sixteen threads that do everything to a few entries, round after round, with a walk over the whole store after each. It takes some seconds, and as many as the environment
/// variable <c>RAGCACHING_SOAK_SECONDS</c> says: time decides how many rounds there are, never their outcome.
/// </summary>
public sealed class StoreSoakTests(ITestOutputHelper output)
{
    private const string SecondsVariable = "RAGCACHING_SOAK_SECONDS";
    private const int DefaultSeconds = 4;
    private const int ThreadCount = 16;
    private const int OperationsPerRound = 5_000;
    private const int Ids = 16;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static TimeSpan Budget => TimeSpan.FromSeconds(
        int.TryParse(Environment.GetEnvironmentVariable(SecondsVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 ? seconds : DefaultSeconds);

    [Theory]
    [Trait("Category", "Soak")]
    [InlineData(Ids, "16 ids and room for all")]
    [InlineData(Ids / 2, "16 ids and room for half")]
    public void EveryMember_ManyThreadsOnFewIds_KeepsEntriesWholeAndCountsRight(int maxEntries, string because)
    {
        var clock = new FakeTimeProvider(Now);
        using var services = new ServiceCollection().AddSingleton<TimeProvider>(clock).BuildServiceProvider();
        using var store = new InMemoryVectorStore(new InMemoryVectorStoreOptions { MaxEntries = maxEntries }, services);
        var started = TimeProvider.System.GetTimestamp();
        var rounds = 0;
        do
        {
            var round = rounds;
            Threads.Run(ThreadCount, thread =>
            {
                var random = new Random((round * ThreadCount) + thread);
                for (var i = 0; i < OperationsPerRound; i++)
                {
                    Operate(store, random, clock);
                    Assert.InRange(((ICacheSize)store).Entries, 0, maxEntries);
                }
            });
            Walk(store, because);

            // Some of what is there expires before the next round.
            clock.Advance(TimeSpan.FromMinutes(30));
            rounds++;
        }
        while (TimeProvider.System.GetElapsedTime(started) < Budget / 2);

        Assert.Equal(Found(store).Length, Done(store.RemoveWhereAsync(new VectorFilter(), Token)));
        Assert.Equal((0, 0), (((ICacheSize)store).Entries, ((ICacheSize)store).Bytes));
        output.WriteLine($"{because}: {rounds} rounds of {ThreadCount} x {OperationsPerRound:N0} operations.");
    }

    // What can be found by id, by search and by counting is the same, and nothing else is there but what has expired since.
    private static void Walk(InMemoryVectorStore store, string because)
    {
        ICacheSize size = store;
        var byId = Found(store);
        var bySearch = Done(store.SearchAsync(Query(1, limit: Ids * 2), Token));
        Assert.All(byId, AssertWhole);
        Assert.Equal(byId.Select(entry => entry.Id).Order(), bySearch.Select(match => match.Entry.Id).Order());
        Assert.Equal(byId.Length, Done(store.CountAsync(new VectorFilter(), Token)));
        Assert.True(byId.Length <= size.Entries, because);
        Assert.Equal(size.Entries * (PayloadSize + (Dimensions * sizeof(float))), size.Bytes);
    }

    private static VectorEntry[] Found(InMemoryVectorStore store) => [.. Enumerable.Range(0, Ids).Select(id => Done(store.GetAsync(Partition, $"{id}", Token))).OfType<VectorEntry>()];

    private static void Operate(InMemoryVectorStore store, Random random, FakeTimeProvider clock)
    {
        var id = random.Next(Ids);
        var version = random.Next();
        switch (random.Next(10))
        {
            case < 3:
                Done(store.UpsertAsync(Entry(id, version, clock.GetUtcNow().AddMinutes(1 + random.Next(60))), Token));
                break;
            case 3:
                Done(store.RemoveAsync(Partition, $"{id}", Token));
                break;
            case 4:
                Done(store.RemoveWhereAsync(new VectorFilter { Partition = Partition, CreatedBefore = random.Next(20) == 0 ? Now.AddDays(1) : Now }, Token));
                break;
            case 5:
                Done(store.SetMetadataAsync(Partition, $"{id}", ReadOnlyMemory<byte>.Empty, Token));
                break;
            case 6:
                if (Done(store.GetAsync(Partition, $"{id}", Token)) is { } entry)
                {
                    AssertWhole(entry);
                }

                break;
            default:
                var matches = Done(store.SearchAsync(Query(version, limit: 1 + (version % Ids)), Token));
                Assert.Equal(matches.Count, matches.Select(match => match.Entry.Id).Distinct().Count());
                Assert.All(matches, match => AssertWhole(match, version));
                break;
        }
    }
}
