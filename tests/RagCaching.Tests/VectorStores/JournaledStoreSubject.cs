using Microsoft.Extensions.Time.Testing;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.VectorStores;

/// <summary>A store over a journal, which is waited for when time passes.</summary>
internal sealed class JournaledStoreSubject(JournaledVectorStore store, FakeTimeProvider time) : VectorStoreSubject(store, time, time.Advance)
{
    /// <summary>Starts the store, and waits until it has loaded what is there.</summary>
    public static async ValueTask<VectorStoreSubject> StartAsync(FakeTimeProvider time, Func<TestServices, IVectorJournal> journal)
    {
        var services = new TestServices().Add<TimeProvider>(time);
        var store = new JournaledVectorStore(journal(services), new JournaledVectorStoreOptions { MaxStaleness = TimeSpan.FromDays(1) }, services: services);
        await store.WhenLoadedAsync(TestContext.Current.CancellationToken);
        return new JournaledStoreSubject(store, time);
    }

    public override async ValueTask AdvanceAsync(TimeSpan duration, CancellationToken cancellationToken = default)
    {
        // What is on its way to the journal would run into its limit, and its next attempt would wait for a clock that stands still.
        var journaled = (JournaledVectorStore)Store;
        await journaled.FlushAsync(cancellationToken);
        await base.AdvanceAsync(duration, cancellationToken);
        var clock = (FakeTimeProvider)Time;
        await Eventually.HoldsAsync(() => journaled.Status.IsServing, "The next contact", () => clock.Advance(TimeSpan.FromTicks(1)));
    }
}
