using RagCaching.VectorStores;

namespace RagCaching.Tests.VectorStores.InMemory;

/// <summary>The newest entries are found without handing out the others.</summary>
public sealed class InMemoryVectorStoreListingTests
{
    private const string Hidden = "hidden";
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, 1)]
    [InlineData(null, 7)]
    [InlineData(true, 7)]
    [InlineData(false, 100)]
    public async Task ReadNewest_PageByPage_IsTheSortedListOfAll(bool? isPermanent, int limit)
    {
        using var store = new InMemoryVectorStore();
        var entries = await FillAsync(store, 60);
        var expected = entries.Where(entry => entry.Partition != Hidden && entry.Labels.Contains("even") && (isPermanent is null || entry.IsPermanent == isPermanent))
            .OrderByDescending(entry => entry.CreatedAt).ThenBy(entry => entry.Partition, StringComparer.Ordinal).ThenBy(entry => entry.Id, StringComparer.Ordinal)
            .Select(entry => (entry.Partition, entry.Id)).ToArray();

        var listed = new List<(string, string)>();
        ListedPlace? after = null;
        IReadOnlyList<VectorEntry> page;
        while ((page = ((IEntryListing)store).ReadNewest(new ListingQuery(new VectorFilter { Labels = ["even"] }, isPermanent, Hidden, after, limit), Token)).Count > 0)
        {
            Assert.InRange(page.Count, 1, limit);
            Assert.All(page, entry => Assert.True(entry.Vector.IsEmpty));
            listed.AddRange(page.Select(entry => (entry.Partition, entry.Id)));
            Assert.True(ListedPlace.TryParse(ListedPlace.Of(page[^1]).ToString(), out var place));
            after = place;
        }

        Assert.NotEmpty(expected);
        Assert.Equal(expected, listed);
    }

    [Fact]
    public async Task ReadNewest_OfManyEntries_AllocatesForThePageOnly()
    {
        using var store = new InMemoryVectorStore();
        await FillAsync(store, 20_000);
        var query = new ListingQuery(new VectorFilter(), IsPermanent: null, Hidden, After: null, Limit: 20);
        var listing = (IEntryListing)store;
        listing.ReadNewest(query, Token);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var page = listing.ReadNewest(query, Token);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // A word for each entry would be 160,000 bytes.
        Assert.Equal(20, page.Count);
        Assert.InRange(allocated, 1, 40_000);
    }

    private static async Task<List<VectorEntry>> FillAsync(InMemoryVectorStore store, int count)
    {
        var entries = new List<VectorEntry>();
        for (var i = 0; i < count; i++)
        {
            var entry = new VectorEntry
            {
                Partition = (i % 5) switch { 0 => Hidden, 1 or 2 => "one", _ => "two" },
                Id = $"{i * 7919 % 100_003}",
                Vector = new float[] { 1, i },
                Payload = new byte[] { 1, 2, 3 },
                Labels = [i % 2 == 0 ? "even" : "odd"],

                // Three at a time.
                CreatedAt = Start.AddSeconds(i / 3),
                ExpiresAt = i % 4 < 2 ? VectorEntry.NeverExpires : DateTimeOffset.UnixEpoch.AddYears(200),
            };
            await store.UpsertAsync(entry, Token);
            entries.Add(entry);
        }

        return entries;
    }
}
