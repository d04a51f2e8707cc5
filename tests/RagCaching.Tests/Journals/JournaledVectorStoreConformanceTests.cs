using RagCaching.Tests.TestDoubles;
using RagCaching.Tests.VectorStores;

namespace RagCaching.Tests.Journals;

/// <summary>A journaled store is a store like any other.</summary>
public sealed class JournaledVectorStoreConformanceTests : VectorStoreConformanceTests
{
    protected override async ValueTask<IVectorStore> CreateStoreAsync(TimeProvider time)
    {
        var store = new JournaledVectorStore(
            new MemoryJournal(new MemoryJournal.Place(), time),
            new JournaledVectorStoreOptions { MaxStaleness = TimeSpan.FromDays(1) },
            services: new TestServices().Add(time));
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

    protected override ValueTask DisposeStoreAsync(IVectorStore store) => ((JournaledVectorStore)store).DisposeAsync();
}
