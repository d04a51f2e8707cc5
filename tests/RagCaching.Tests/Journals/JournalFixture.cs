using System.Text;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Time.Testing;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Journals;

/// <summary>Instances that share a journal in this process.</summary>
internal sealed class JournalFixture(FakeTimeProvider? time = null) : IAsyncDisposable
{
    public const string Partition = "partition";

    // Small, so that threads that are held up for a while find no limit at its end: five minutes of this clock are three million looks.
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(0.1);

    private readonly List<JournaledVectorStore> _stores = [];

    public FakeTimeProvider Time { get; } = time ?? new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public MemoryJournal.Place Place { get; } = new();

    public TestMeterFactory Meters { get; } = new();

    /// <summary>Gets or sets the protector of instances that are started from now on.</summary>
    public IPayloadProtector? Protector { get; set; }

    /// <summary>Starts an instance, and waits until it has loaded what is there.</summary>
    public async Task<(JournaledVectorStore Store, MemoryJournal Journal)> StartAsync(JournaledVectorStoreOptions? options = null, InMemoryVectorStoreOptions? index = null, Action<MemoryJournal>? prepare = null, bool isAwaited = true)
    {
        // The clock is moved on in steps while threads do their work, and may run far ahead of them: limits that a test is not about must not end.
        options ??= new JournaledVectorStoreOptions();
        options.MaxStaleness = options.MaxStaleness == new JournaledVectorStoreOptions().MaxStaleness ? TimeSpan.FromDays(1) : options.MaxStaleness;
        options.CallTimeout = TimeSpan.FromMinutes(5);
        var journal = new MemoryJournal(Place, Time);
        prepare?.Invoke(journal);
        var services = new TestServices().Add<TimeProvider>(Time).Add<System.Diagnostics.Metrics.IMeterFactory>(Meters);
        var store = new JournaledVectorStore(journal, options, index, Protector is null ? services : services.Add(Protector));
        _stores.Add(store);
        if (isAwaited)
        {
            await store.WhenLoadedAsync(TestContext.Current.CancellationToken);
            await EventuallyAsync(() => store.Status.IsServing, "The first contact");
        }

        return (store, journal);
    }

    public MetricCollector<long> CollectFailures() => new(Meters, "RagCaching", "ragcaching.cache.failures");

    /// <summary>Lets the loops of the instances run, and their clock a little at a time.</summary>
    public Task EventuallyAsync(Func<bool> condition, string what) => Eventually.HoldsAsync(condition, what, () => Time.Advance(Step));

    /// <summary>Waits until an instance knows everything that is in the journal.</summary>
    public Task CaughtUpAsync(JournaledVectorStore store) => EventuallyAsync(() => store.Status.Version >= Place.Position.Version, "Catching up");

    /// <summary>Waits until an instance has written everything, however often it has to try.</summary>
    public async Task FlushAsync(JournaledVectorStore store)
    {
        var flushing = store.FlushAsync(TestContext.Current.CancellationToken).AsTask();
        await EventuallyAsync(() => flushing.IsCompleted, "Writing");
        await flushing;
    }

    public VectorEntry Entry(string id, string text = "answer", string[]? labels = null, float x = 1, float y = 0, float[]? vector = null) => new()
    {
        Partition = Partition,
        Id = id,
        Vector = vector ?? [x, y],
        Metadata = Encoding.UTF8.GetBytes($"metadata of {id}"),
        Payload = Encoding.UTF8.GetBytes(text),
        Labels = labels ?? [],
        CreatedAt = Time.GetUtcNow(),
        ExpiresAt = Time.GetUtcNow() + TimeSpan.FromDays(30),
    };

    public static string? TextOf(VectorEntry? entry) => entry is null ? null : Encoding.UTF8.GetString(entry.Payload.Span);

    /// <summary>Gets the answer that an instance serves; <see langword="null"/> if it serves none.</summary>
    public static string? TextIn(JournaledVectorStore store, string id)
    {
        if (!store.Status.IsServing)
        {
            return null;
        }

        var read = store.GetContentAsync(Partition, id);
        return TextOf(read.IsCompletedSuccessfully ? read.Result : null);
    }

    public static byte[]? MetadataIn(JournaledVectorStore store, string id)
    {
        var read = store.GetContentAsync(Partition, id);
        return read.IsCompletedSuccessfully ? read.Result?.Metadata.ToArray() : null;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
        {
            // One whose journal is still away waits for it, as long as the clock says.
            var disposing = store.DisposeAsync().AsTask();
            await EventuallyAsync(() => disposing.IsCompleted, "The end of an instance");
            await disposing;
        }

        Meters.Dispose();
    }
}
