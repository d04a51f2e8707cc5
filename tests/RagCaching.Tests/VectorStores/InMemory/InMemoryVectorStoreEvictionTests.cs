using CsCheck;
using Microsoft.Extensions.Time.Testing;
using RagCaching.Diagnostics;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.VectorStores.InMemory;

public sealed class InMemoryVectorStoreEvictionTests
{
    private const string Partition = "partition";

    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Start);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task UpsertAsync_OneEntryTooMany_EvictsTheOldestUnused()
    {
        using var store = CreateStore(maxEntries: 3);
        await Fill(store, "a", "b", "c");

        await Fill(store, "d");

        Assert.Equal(["b", "c", "d"], await Remaining(store));
    }

    [Fact]
    public async Task UpsertAsync_OldestWasRead_EvictsTheNextOne()
    {
        using var store = CreateStore(maxEntries: 3);
        await Fill(store, "a", "b", "c");
        await store.GetAsync(Partition, "a", Token);

        await Fill(store, "d");

        Assert.Equal(["a", "c", "d"], await Remaining(store));
    }

    [Fact]
    public async Task UpsertAsync_OldestWasFoundBySearch_EvictsTheNextOne()
    {
        using var store = CreateStore(maxEntries: 3);
        await store.UpsertAsync(Entry("a", vector: [1, 0]), Token);
        await store.UpsertAsync(Entry("b", vector: [0, 1]), Token);
        await Fill(store, "c");
        await store.SearchAsync(new VectorQuery { Partition = Partition, Vector = new float[] { 1, 0 } }, Token);

        await Fill(store, "d");

        Assert.Equal(["a", "c", "d"], await Remaining(store));
    }

    [Fact]
    public async Task UpsertAsync_EveryEntryWasRead_StillEvictsOne()
    {
        using var store = CreateStore(maxEntries: 2);
        await Fill(store, "a", "b");
        await store.GetAsync(Partition, "a", Token);
        await store.GetAsync(Partition, "b", Token);

        await Fill(store, "c");

        Assert.Equal(["b", "c"], await Remaining(store));
    }

    [Fact]
    public async Task UpsertAsync_FloodOfUnusedEntries_SparesWhatIsUsed()
    {
        using var store = CreateStore(maxEntries: 100);
        await Fill(store, "used");
        for (var i = 0; i < 1_000; i++)
        {
            await store.UpsertAsync(Entry($"{i}", partition: "flood"), Token);
            await store.GetAsync(Partition, "used", Token);
        }

        Assert.Equal(["used"], await Remaining(store));
        Assert.Equal(100, await store.CountAsync(new VectorFilter(), Token));
    }

    [Fact]
    public async Task UpsertAsync_ReplacementAtTheBound_EvictsNothing()
    {
        using var store = CreateStore(maxEntries: 2, maxBytes: 20);
        await store.UpsertAsync(Entry("a", payload: 10), Token);
        await store.UpsertAsync(Entry("b", payload: 10), Token);

        await store.UpsertAsync(Entry("b", payload: 9), Token);
        await store.UpsertAsync(Entry("a", payload: 11), Token);

        Assert.Equal(["a", "b"], await Remaining(store));
        Assert.Equal(20, ((ICacheSize)store).Bytes);
    }

    [Fact]
    public async Task UpsertAsync_TooManyBytes_EvictsUntilItFits()
    {
        using var store = CreateStore(maxBytes: 30);
        foreach (var id in (string[])["a", "b", "c"])
        {
            await store.UpsertAsync(Entry(id, payload: 10), Token);
        }

        await store.UpsertAsync(Entry("d", payload: 15), Token);

        Assert.Equal(["c", "d"], await Remaining(store));
        Assert.Equal(25, ((ICacheSize)store).Bytes);
    }

    [Fact]
    public async Task UpsertAsync_EveryPart_IsCountedExactly()
    {
        using var store = CreateStore();

        await store.UpsertAsync(Entry("a", vector: [1, 0, 0], payload: 7, metadata: 5, labels: ["12", "345"]), Token);

        Assert.Equal((3 * 4) + 7 + 5 + (2 * 5), ((ICacheSize)store).Bytes);
        await store.SetMetadataAsync(Partition, "a", new byte[50], Token);
        Assert.Equal((3 * 4) + 7 + 50 + (2 * 5), ((ICacheSize)store).Bytes);
        await store.RemoveAsync(Partition, "a", Token);
        Assert.Equal(0, ((ICacheSize)store).Bytes);
        Assert.Equal(0, ((ICacheSize)store).Entries);
    }

    [Fact]
    public async Task UpsertAsync_LargerThanTheStore_ThrowsNamingBothSizesAndKeepsTheOthers()
    {
        using var store = CreateStore(maxBytes: 30);
        await store.UpsertAsync(Entry("a", payload: 30), Token);

        var exception = await Assert.ThrowsAsync<ArgumentException>(async () => await store.UpsertAsync(Entry("b", payload: 31), Token));

        Assert.Contains("31 bytes", exception.Message, StringComparison.Ordinal);
        Assert.Contains("at most 30", exception.Message, StringComparison.Ordinal);
        Assert.Equal(["a"], await Remaining(store));
    }

    [Fact]
    public async Task SetMetadataAsync_TooManyBytes_EvictsAnotherEntry()
    {
        using var store = CreateStore(maxBytes: 30);
        await store.UpsertAsync(Entry("a", payload: 15), Token);
        await store.UpsertAsync(Entry("b", payload: 15), Token);

        Assert.True(await store.SetMetadataAsync(Partition, "a", new byte[10], Token));

        Assert.Equal(["a"], await Remaining(store));
        Assert.Equal(25, ((ICacheSize)store).Bytes);
    }

    [Fact]
    public async Task SetMetadataAsync_LargerThanTheStore_ThrowsAndChangesNothing()
    {
        using var store = CreateStore(maxBytes: 30);
        await store.UpsertAsync(Entry("a", payload: 15, metadata: 2), Token);

        await Assert.ThrowsAsync<ArgumentException>(async () => await store.SetMetadataAsync(Partition, "a", new byte[16], Token));

        Assert.Equal(2, (await store.GetAsync(Partition, "a", Token))!.Metadata.Length);
        Assert.Equal(17, ((ICacheSize)store).Bytes);
    }

    [Fact]
    public async Task UpsertAsync_AtTheBoundWithExpiredEntries_EvictsThoseFirst()
    {
        using var store = CreateStore(maxEntries: 3);
        await Fill(store, "a");
        await store.UpsertAsync(Entry("expired", timeToLive: TimeSpan.FromMinutes(1)), Token);
        await store.GetAsync(Partition, "expired", Token);
        await Fill(store, "b");
        _time.Advance(TimeSpan.FromMinutes(1));

        await Fill(store, "c");

        Assert.Equal(["a", "b", "c"], await Remaining(store));
    }

    [Fact]
    public async Task UpsertAsync_EntriesExpired_ReclaimsThemWithoutPressure()
    {
        using var store = CreateStore();
        for (var i = 0; i < 100; i++)
        {
            await store.UpsertAsync(Entry($"{i}", timeToLive: TimeSpan.FromMinutes(1 + (i % 7))), Token);
        }

        _time.Advance(TimeSpan.FromMinutes(7));
        for (var i = 0; i < 4; i++)
        {
            await Fill(store, "new");
        }

        Assert.Equal(1, ((ICacheSize)store).Entries);
    }

    [Fact]
    public async Task EveryWrite_RandomSizesAndBounds_NeverExceedsTheBounds()
    {
        // The largest entry, payload, vector and metadata together, has 80 bytes; a larger one than the bound would be refused.
        var genWrite = Gen.Select(Gen.Int[0, 20], Gen.Int[0, 40], Gen.Int[0, 5], Gen.Int[0, 9]);
        await Gen.Select(Gen.Int[1, 12], Gen.Int[80, 300], genWrite.List[1, 60]).SampleAsync(
            async (maxEntries, maxBytes, writes) =>
            {
                using var store = CreateStore(maxEntries, maxBytes);
                ICacheSize size = store;
                foreach (var (id, bytes, dimensions, kind) in writes)
                {
                    var partition = $"{dimensions}";
                    switch (kind)
                    {
                        case 0:
                            await store.RemoveAsync(partition, $"{id}", Token);
                            break;
                        case 1:
                            await store.SetMetadataAsync(partition, $"{id}", new byte[bytes / 2], Token);
                            break;
                        case 2:
                            await store.GetAsync(partition, $"{id}", Token);
                            break;
                        default:
                            var vector = Enumerable.Repeat(1f, dimensions).ToArray();
                            await store.UpsertAsync(Entry($"{id}", partition, vector, payload: bytes, timeToLive: TimeSpan.FromMinutes(kind)), Token);
                            Assert.NotNull(await store.GetAsync(partition, $"{id}", Token));
                            break;
                    }

                    Assert.InRange(size.Entries, 0, maxEntries);
                    Assert.InRange(size.Bytes!.Value, 0, maxBytes);
                }

                await store.RemoveWhereAsync(new VectorFilter(), Token);
                Assert.Equal((0, 0), (size.Entries, size.Bytes));
            },
            iter: 300);
    }

    [Fact]
    public async Task UpsertAsync_OneOwnerFloodsAFullStore_PushesOutItsOwnEntriesOnly()
    {
        using var store = CreateStore(maxEntries: 100);
        await FillFor("quiet", store, 40);
        await FillFor("loud", store, 1_000);

        Assert.Equal(40, await store.CountAsync(new VectorFilter { Partition = "quiet" }, Token));
        Assert.Equal(60, await store.CountAsync(new VectorFilter { Partition = "loud" }, Token));
    }

    [Fact]
    public async Task UpsertAsync_OwnerBelowItsShare_PushesOutTheOldest()
    {
        using var store = CreateStore(maxEntries: 100);
        await FillFor("large", store, 100);
        await FillFor("small", store, 30);

        Assert.Equal(70, await store.CountAsync(new VectorFilter { Partition = "large" }, Token));
        Assert.Equal(30, await store.CountAsync(new VectorFilter { Partition = "small" }, Token));
    }

    [Fact]
    public async Task UpsertAsync_OneOwnerAlone_MayUseEverything()
    {
        using var store = CreateStore(maxEntries: 100);
        await FillFor("alone", store, 250);

        Assert.Equal(100, await store.CountAsync(new VectorFilter { Partition = "alone" }, Token));
    }

    [Fact]
    public async Task UpsertAsync_OwnerHasMuchOfTheBytes_PushesOutItsOwnEntriesOnly()
    {
        using var store = CreateStore(maxBytes: 10_000);
        await FillFor("quiet", store, 4, payload: 1_000);
        await FillFor("loud", store, 50, payload: 1_000);

        Assert.Equal(4, await store.CountAsync(new VectorFilter { Partition = "quiet" }, Token));
        Assert.Equal(6, await store.CountAsync(new VectorFilter { Partition = "loud" }, Token));
    }

    [Fact]
    public async Task UpsertAsync_OwnerUsesSomeOfItsEntries_KeepsThose()
    {
        using var store = CreateStore(maxEntries: 10);
        await FillFor("loud", store, 10);
        for (var i = 10; i < 40; i++)
        {
            await store.GetAsync("loud", "3", Token);
            await store.UpsertAsync(Entry($"{i}", "loud", owner: "loud"), Token);
        }

        Assert.NotNull(await store.GetAsync("loud", "3", Token));
    }

    private async Task FillFor(string owner, InMemoryVectorStore store, int count, int payload = 0)
    {
        for (var i = 0; i < count; i++)
        {
            await store.UpsertAsync(Entry($"{i}", owner, payload: payload, owner: owner), Token);
        }
    }

    private InMemoryVectorStore CreateStore(int maxEntries = 1_000, long maxBytes = 1_000_000) =>
        new(new InMemoryVectorStoreOptions { MaxEntries = maxEntries, MaxBytes = maxBytes }, new TestServices().Add<TimeProvider>(_time));

    private VectorEntry Entry(
        string id, string partition = Partition, float[]? vector = null, int payload = 0, int metadata = 0, string[]? labels = null, TimeSpan? timeToLive = null, string? owner = null) => new()
        {
            Partition = partition,
            Id = id,
            Vector = vector,
            Payload = new byte[payload],
            Metadata = new byte[metadata],
            Labels = labels ?? [],
            Owner = owner,
            CreatedAt = _time.GetUtcNow(),
            ExpiresAt = _time.GetUtcNow() + (timeToLive ?? TimeSpan.FromHours(1)),
        };

    private async Task Fill(InMemoryVectorStore store, params string[] ids)
    {
        foreach (var id in ids)
        {
            await store.UpsertAsync(Entry(id), Token);
        }
    }

    /// <summary>Which of the ids that the tests use are in the store; the reads come last and so disturb nothing.</summary>
    private static async Task<string[]> Remaining(InMemoryVectorStore store)
    {
        var remaining = new List<string>();
        foreach (var id in (string[])["a", "b", "c", "d", "expired", "used"])
        {
            if (await store.GetAsync(Partition, id, Token) is not null)
            {
                remaining.Add(id);
            }
        }

        return [.. remaining];
    }
}
