using RagCaching.Tests.TestDoubles;
using RagCaching.Tests.VectorStores;

namespace RagCaching.Engines.Tests.Sqlite;

/// <summary>The contract of stores, over a file.</summary>
public sealed class SqliteStoreConformanceTests : VectorStoreConformanceTests
{
    private readonly TestFile _file = new();

    protected override async ValueTask<IVectorStore> CreateStoreAsync(TimeProvider time)
    {
        var services = new TestServices().Add(time);
        var store = new JournaledVectorStore(
            new SqliteVectorJournal(new SqliteJournalOptions { Path = _file.Path }, services),
            new JournaledVectorStoreOptions { MaxStaleness = TimeSpan.FromDays(1) },
            services: services);
        await store.WhenLoadedAsync(Token);
        return store;
    }

    protected override async ValueTask AdvanceAsync(TimeSpan duration)
    {
        // What is on its way to the journal would run into its limit, and its next attempt would wait for a clock that stands still.
        await ((JournaledVectorStore)Store).FlushAsync(Token);
        await base.AdvanceAsync(duration);
        await Eventually.HoldsAsync(() => ((JournaledVectorStore)Store).Status.IsServing, "The next contact", () => Time.Advance(TimeSpan.FromTicks(1)));
    }

    protected override async ValueTask DisposeStoreAsync(IVectorStore store)
    {
        await ((JournaledVectorStore)store).DisposeAsync();
        _file.Dispose();
    }
}
