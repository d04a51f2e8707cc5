using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Options;
using RagCaching.VectorStores;
using static RagCaching.Tests.Journals.JournalFixture;

namespace RagCaching.Tests.Journals;

/// <summary>What the settings of a journaled store change.</summary>
public sealed class JournaledVectorStoreOptionsTests : IAsyncLifetime
{
    private readonly JournalFixture _fixture = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    public static TheoryData<string, Action<JournaledVectorStoreOptions>> Mistakes => new()
    {
        { nameof(JournaledVectorStoreOptions.QueueCapacity), options => options.QueueCapacity = 0 },
        { nameof(JournaledVectorStoreOptions.MaxStaleness), options => options.MaxStaleness = TimeSpan.Zero },
        { nameof(JournaledVectorStoreOptions.CallTimeout), options => options.CallTimeout = TimeSpan.FromHours(1) },
        { nameof(JournaledVectorStoreOptions.DrainTimeout), options => options.DrainTimeout = TimeSpan.FromSeconds(-1) },
        { nameof(JournaledVectorStoreOptions.WhenQueueIsFull), options => options.WhenQueueIsFull = (JournalFullBehavior)7 },
    };

    [Theory]
    [MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void Constructor_ASettingOutOfRange_IsNamed(string property, Action<JournaledVectorStoreOptions> mistake)
    {
        var options = new JournaledVectorStoreOptions();
        mistake(options);

        var exception = Assert.Throws<OptionsValidationException>(() => new JournaledVectorStore(new MemoryJournal(_fixture.Place), options));

        Assert.Contains(property, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_ThatAreChangedLater_ChangeNothing()
    {
        var options = new JournaledVectorStoreOptions();
        var bounds = new InMemoryVectorStoreOptions();
        var (store, journal) = await _fixture.StartAsync(options, bounds);
        (options.CheckBeforeServing, options.KeepPayloads, bounds.MaxEntries) = (true, false, 1);
        for (var i = 0; i < 3; i++)
        {
            await store.UpsertAsync(_fixture.Entry($"{i}"), Token);
        }

        await _fixture.FlushAsync(store);
        await _fixture.CaughtUpAsync(store);

        // What was lost is loaded anew, into an index with the bounds of the beginning.
        _fixture.Place.LoseEverything();
        await _fixture.EventuallyAsync(() => TextIn(store, "0") is null, "Finding out");
        for (var i = 0; i < 3; i++)
        {
            await store.UpsertAsync(_fixture.Entry($"{i}"), Token);
        }

        await _fixture.FlushAsync(store);
        await _fixture.CaughtUpAsync(store);
        journal.Before = (_, _) => Task.FromException(new IOException("Nobody asks."));
        Assert.All(Enumerable.Range(0, 3), i => Assert.Equal("answer", TextIn(store, $"{i}")));
    }

    [Fact]
    public async Task Listing_IsThatOfTheIndex_AndOfNothingWhileNothingIsServed()
    {
        var (store, journal) = await _fixture.StartAsync(new JournaledVectorStoreOptions { MaxStaleness = TimeSpan.FromSeconds(1) });
        var query = new ListingQuery(new VectorFilter { Labels = ["even"] }, IsPermanent: null, "hidden", After: null, Limit: 2);
        for (var i = 0; i < 6; i++)
        {
            _fixture.Time.Advance(TimeSpan.FromMilliseconds(1));
            await store.UpsertAsync(_fixture.Entry($"{i}", labels: [i % 2 == 0 ? "even" : "odd"]), Token);
        }

        await _fixture.EventuallyAsync(() => store.Status.IsServing, "Contact");
        Assert.Equal(["4", "2"], ((IEntryListing)store).ReadNewest(query, Token).Select(entry => entry.Id));

        journal.Before = (_, _) => Task.FromException(new IOException("out of reach"));
        await _fixture.EventuallyAsync(() => !store.Status.IsServing, "Losing it");
        Assert.Throws<JournalUnavailableException>(() => ((IEntryListing)store).ReadNewest(query, Token));
    }

    [Fact]
    public async Task WithoutPayloads_AHitReadsTheJournalOnce()
    {
        var (store, journal) = await _fixture.StartAsync(new JournaledVectorStoreOptions { KeepPayloads = false });
        var gate = new TaskCompletionSource();
        var reads = 0;
        journal.Before = async (operation, token) =>
        {
            reads += operation == "read" ? 1 : 0;
            if (operation == "append")
            {
                await gate.Task.WaitAsync(token);
            }
        };
        await store.UpsertAsync(_fixture.Entry("a"), Token);

        // On its way to the journal it is complete here.
        Assert.Equal("answer", TextOf(await store.GetContentAsync(Partition, "a", Token)));
        Assert.Equal(0, reads);
        gate.SetResult();
        await _fixture.FlushAsync(store);
        await _fixture.CaughtUpAsync(store);
        await _fixture.EventuallyAsync(() => store.GetContentAsync(Partition, "a").AsTask().IsCompleted && reads > 0, "Settling");

        reads = 0;
        Assert.Equal("answer", TextOf(await store.GetContentAsync(Partition, "a", Token)));
        Assert.Equal(1, reads);
        var match = Assert.Single(await store.SearchAsync(new VectorQuery { Partition = Partition, Vector = new float[] { 1, 0 } }, Token));
        Assert.True(match.Entry.Payload.IsEmpty);
        match = Assert.Single(await store.SearchAsync(new VectorQuery { Partition = Partition, Vector = new float[] { 1, 0 }, IncludePayload = true }, Token));
        Assert.Equal("answer", TextOf(match.Entry));
    }

    [Fact]
    public async Task CheckBeforeServing_AsksTheJournalAboutEachHit()
    {
        var (store, journal) = await _fixture.StartAsync(new JournaledVectorStoreOptions { CheckBeforeServing = true });
        await store.UpsertAsync(_fixture.Entry("a"), Token);
        await _fixture.FlushAsync(store);
        await _fixture.CaughtUpAsync(store);

        // Removed elsewhere, and the news does not come.
        journal.Before = (operation, _) => operation is "changes" or "wait" ? Task.FromException(new IOException("out of reach")) : Task.CompletedTask;
        await new MemoryJournal(_fixture.Place, _fixture.Time).AppendAsync([JournalChange.Remove(Partition, "a")], Token);

        Assert.Null(await store.GetContentAsync(Partition, "a", Token));
        journal.Before = (_, _) => Task.FromException(new IOException("out of reach"));
        await Assert.ThrowsAsync<IOException>(async () => await store.GetContentAsync(Partition, "a", Token));
    }

    [Fact]
    public async Task Loading_MoreThanFits_LoadsTheNewest()
    {
        var (writer, _) = await _fixture.StartAsync();
        for (var i = 0; i < 10; i++)
        {
            await writer.UpsertAsync(_fixture.Entry($"{i}"), Token);
        }

        await _fixture.FlushAsync(writer);

        var (store, _) = await _fixture.StartAsync(index: new InMemoryVectorStoreOptions { MaxEntries = 4 });

        Assert.Equal(["6", "7", "8", "9"], Enumerable.Range(0, 10).Select(i => $"{i}").Where(id => TextIn(store, id) is not null));
        Assert.Equal("answer", TextOf(await store.GetAsync(Partition, "0", Token)));
    }

    [Fact]
    public async Task Loading_InTheBackground_ServesFromTheFirstMoment()
    {
        var (writer, _) = await _fixture.StartAsync();
        await writer.UpsertAsync(_fixture.Entry("a"), Token);
        await _fixture.FlushAsync(writer);
        var gate = new TaskCompletionSource();
        var (store, journal) = await _fixture.StartAsync(
            prepare: journal => journal.Before = (operation, token) => operation == "snapshot" ? gate.Task.WaitAsync(token) : Task.CompletedTask, isAwaited: false);
        await store.WhenOpenAsync(Token);
        await store.UpsertAsync(_fixture.Entry("b"), Token);

        Assert.False(store.Status.IsLoaded);
        gate.SetResult();
        await store.WhenLoadedAsync(Token);

        Assert.Equal(("answer", "answer"), (TextIn(store, "a"), TextIn(store, "b")));
    }

    [Fact]
    public async Task Instruments_TellHowTheInstanceStandsToItsJournal()
    {
        var (store, journal) = await _fixture.StartAsync();
        using var waiting = new MetricCollector<long>(_fixture.Meters, "RagCaching", "ragcaching.journal.waiting");
        using var staleness = new MetricCollector<double>(_fixture.Meters, "RagCaching", "ragcaching.journal.staleness");
        var gate = new TaskCompletionSource();
        journal.Before = (operation, token) => operation == "append" ? gate.Task.WaitAsync(token) : Task.CompletedTask;
        for (var i = 0; i < 600; i++)
        {
            await store.UpsertAsync(_fixture.Entry($"{i}"), Token);
        }

        waiting.RecordObservableInstruments();
        staleness.RecordObservableInstruments();

        Assert.InRange(waiting.LastMeasurement!.Value, 1, 600);
        Assert.InRange(staleness.LastMeasurement!.Value, 0, 30);
        Assert.Equal("default", waiting.LastMeasurement.Tags["ragcaching.cache.name"]);
        gate.SetResult();
        await _fixture.FlushAsync(store);
        Assert.Equal(0, store.Status.Waiting);
    }
}
