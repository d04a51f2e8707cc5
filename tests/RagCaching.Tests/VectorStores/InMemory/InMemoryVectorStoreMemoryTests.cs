using System.Reflection;
using RagCaching.Diagnostics;

namespace RagCaching.Tests.VectorStores.InMemory;

/// <summary>Runs alone, because the memory that is in use belongs to the whole process.</summary>
[Collection(nameof(InMemoryVectorStoreMemoryTests))]
[CollectionDefinition(nameof(InMemoryVectorStoreMemoryTests), DisableParallelization = true)]
public sealed class InMemoryVectorStoreMemoryTests
{
    private const int Dimensions = 64;

    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("partition", 1)]
    [InlineData("unknown", 1)]
    [InlineData("partition", 500)]
    public async Task SearchAsync_Miss_AllocatesNothing(string partition, int limit)
    {
        using var store = new InMemoryVectorStore();
        for (var i = 0; i < 1_000; i++)
        {
            await store.UpsertAsync(Entry("partition", i), Token);
        }

        await store.WhenIndexedAsync();
        var query = new VectorQuery { Partition = partition, Vector = VectorOf(1_000), MinimumSimilarity = 0.999f, Limit = limit };

        var bytes = BytesOf(store, query, expectedMatches: 0);

        Assert.Equal(0, bytes);
    }

    [Fact]
    public async Task SearchAsync_Hit_AllocatesTheResultOnly()
    {
        using var store = new InMemoryVectorStore();
        for (var i = 0; i < 1_000; i++)
        {
            await store.UpsertAsync(Entry("partition", i), Token);
        }

        await store.WhenIndexedAsync();
        var query = new VectorQuery { Partition = "partition", Vector = VectorOf(7), MinimumSimilarity = 0.999f };

        var bytes = BytesOf(store, query, expectedMatches: 1);

        // One array with one match and one entry object.
        Assert.InRange(bytes, 1, 256);
    }

    [Fact]
    public async Task UpsertAsync_TenThousandPartitions_StayWithinTheirMemoryBudget()
    {
        const int Partitions = 10_000;
        const int BytesPerPartition = 2_500;

        using var store = new InMemoryVectorStore();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Partitions; i++)
        {
            await store.UpsertAsync(Entry($"{i}", i), Token);
        }

        // A first segment of four rows of 64 components is 1 KiB; the rest is the entry, its name, the dictionary and the lock.
        Assert.InRange((GC.GetTotalMemory(forceFullCollection: true) - before) / Partitions, 1, BytesPerPartition);
        Assert.Equal(Partitions, ((ICacheSize)store).Entries);
    }

    [Fact]
    public async Task UpsertAsync_ManyEntries_TakeLittleBesidesTheirRowsAndCodes()
    {
        const int Entries = 40_000;
        const int RowAndCodes = (Dimensions * sizeof(float)) + 64;

        // Usually 225 to 235. Strings are hashed differently in every process, which decides when the dictionary of the ids grows: up to 246 were seen.
        const int Bookkeeping = 250;

        using var store = new InMemoryVectorStore();
        var ids = Enumerable.Range(0, Entries).Select(i => $"{i}").ToArray();
        await store.UpsertAsync(Entry("first", 0), Token);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Entries; i++)
        {
            await store.UpsertAsync(
                new VectorEntry { Partition = "partition", Id = ids[i], Vector = VectorOf(i), CreatedAt = Now, ExpiresAt = Now.AddDays(1) }, Token);
        }

        await store.WhenIndexedAsync();
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Entries;
        GC.KeepAlive(ids);

        // The last segment has slots to spare, one in forty of all rows here.
        Assert.InRange(bytes, RowAndCodes, (RowAndCodes * 1.025) + Bookkeeping);
    }

    [Fact]
    public async Task RemoveAsync_LastEntriesOfPartitions_ReleasesTheirMemory()
    {
        using var store = new InMemoryVectorStore();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 10_000; i++)
        {
            await store.UpsertAsync(Entry($"{i}", i), Token);
            await store.RemoveAsync($"{i}", $"{i}", Token);
        }

        Assert.True(GC.GetTotalMemory(forceFullCollection: true) - before < 100_000);
    }

    [Fact]
    public async Task RemoveAsync_MostEntriesOfAPartition_ReleasesTheirRows()
    {
        using var store = new InMemoryVectorStore();
        for (var i = 0; i < 20_000; i++)
        {
            await store.UpsertAsync(Entry("partition", i), Token);
        }

        var full = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 20_000; i++)
        {
            if (i % 100 != 0)
            {
                await store.RemoveAsync("partition", $"{i}", Token);
            }
        }

        // Rows alone are 256 bytes each; less than a quarter of the slots can be empty ones.
        var released = full - GC.GetTotalMemory(forceFullCollection: true);
        Assert.InRange(released, 18_000 * Dimensions * sizeof(float), long.MaxValue);
    }

    [Fact]
    public void Store_NoneOfItsTypes_HasAFinalizer()
    {
        // What is kept is bounded by the options alone; when the garbage collector runs, nothing may be dropped.
        var types = typeof(InMemoryVectorStore).Assembly.GetTypes()
            .Where(type => type == typeof(InMemoryVectorStore) || type.Namespace?.StartsWith("RagCaching.VectorStores.InMemory", StringComparison.Ordinal) == true).ToArray();

        Assert.True(types.Length > 20);
        Assert.DoesNotContain(types, type => type.GetMethod("Finalize", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) is not null);
    }

    private static VectorEntry Entry(string partition, int id) =>
        new() { Partition = partition, Id = $"{id}", Vector = VectorOf(id), CreatedAt = Now, ExpiresAt = Now.AddDays(1) };

    private static float[] VectorOf(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Dimensions).Select(_ => (random.NextSingle() * 2) - 1)];
    }

    /// <summary>What one search allocates once everything that is made only once exists.</summary>
    private static long BytesOf(InMemoryVectorStore store, VectorQuery query, int expectedMatches)
    {
        const int Searches = 100;
        Search(store, query, Searches, expectedMatches);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Search(store, query, Searches, expectedMatches);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / Searches;
    }

    private static void Search(InMemoryVectorStore store, VectorQuery query, int times, int expectedMatches)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.True(CountOf(store.SearchAsync(query, CancellationToken.None)) == expectedMatches);
        }
    }

    private static int CountOf(ValueTask<IReadOnlyList<VectorMatch>> search)
    {
        Assert.True(search.IsCompleted);
        return search.GetAwaiter().GetResult().Count;
    }
}
