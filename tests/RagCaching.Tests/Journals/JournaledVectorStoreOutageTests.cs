using static RagCaching.Tests.Journals.JournalFixture;

namespace RagCaching.Tests.Journals;

/// <summary>What happens while the journal fails, hangs, loses its content or forgets.</summary>
public sealed class JournaledVectorStoreOutageTests : IAsyncLifetime
{
    private readonly JournalFixture _fixture = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private static Task FailAsync(string operation, CancellationToken cancellationToken) => Task.FromException(new IOException("out of reach"));

    [Fact]
    public async Task Reads_WhileTheJournalIsAway_AreServedForMaxStalenessOnly()
    {
        var (store, journal) = await _fixture.StartAsync(new JournaledVectorStoreOptions { MaxStaleness = TimeSpan.FromHours(1) });
        await store.UpsertAsync(_fixture.Entry("a"), Token);
        await _fixture.FlushAsync(store);
        using var failures = _fixture.CollectFailures();
        var refused = 0;
        journal.Before = (operation, token) =>
        {
            Interlocked.Increment(ref refused);
            return FailAsync(operation, token);
        };

        await _fixture.EventuallyAsync(() => Volatile.Read(ref refused) > 1, "The outage");
        Assert.Equal("answer", TextIn(store, "a"));
        Assert.Contains(failures.GetMeasurementSnapshot(), measurement => Equals(measurement.Tags["ragcaching.operation"], "follow"));
        _fixture.Time.Advance(TimeSpan.FromHours(1));
        Assert.False(store.Status.IsServing);
        Assert.True(store.Status.Staleness > TimeSpan.FromHours(1));
        await Assert.ThrowsAsync<JournalUnavailableException>(async () => await store.GetContentAsync(Partition, "a", Token));
        await Assert.ThrowsAsync<JournalUnavailableException>(async () => await store.SearchAsync(new VectorQuery { Partition = Partition, Vector = new float[] { 1, 0 } }, Token));

        journal.Before = null;
        await _fixture.EventuallyAsync(() => store.Status.IsServing, "The return");
        Assert.Equal("answer", TextIn(store, "a"));
    }

    [Fact]
    public async Task Start_WithoutTheJournal_ServesNothingAndKeepsWrites()
    {
        var (store, journal) = await _fixture.StartAsync(prepare: journal => journal.Before = FailAsync, isAwaited: false);

        await store.UpsertAsync(_fixture.Entry("a"), Token);
        await Assert.ThrowsAsync<JournalUnavailableException>(async () => await store.GetContentAsync(Partition, "a", Token));
        Assert.False(store.Status.IsLoaded);
        Assert.Null(store.Status.Staleness);

        journal.Before = null;
        await _fixture.EventuallyAsync(() => TextIn(store, "a") == "answer", "The return");
        await _fixture.FlushAsync(store);
        Assert.NotNull(await journal.ReadAsync(Partition, "a", withVector: false, Token));
    }

    [Fact]
    public async Task Writes_WhileTheJournalIsAway_WaitAndAreWrittenAfterwards()
    {
        var (store, journal) = await _fixture.StartAsync();
        journal.Before = FailAsync;
        for (var i = 0; i < 10; i++)
        {
            await store.UpsertAsync(_fixture.Entry($"{i}"), Token);
        }

        journal.Before = null;
        await _fixture.EventuallyAsync(() => _fixture.Place.Entries.Count == 10, "Writing");
        Assert.Equal(0, store.Status.Dropped);
    }

    [Fact]
    public async Task Writes_IntoAFullQueue_AreDroppedAndCounted()
    {
        var (store, journal) = await _fixture.StartAsync(new JournaledVectorStoreOptions { QueueCapacity = 4 });
        using var failures = _fixture.CollectFailures();
        journal.Before = FailAsync;
        for (var i = 0; i < 4 + 500 + 7; i++)
        {
            await store.UpsertAsync(_fixture.Entry($"{i}"), Token);
        }

        var dropped = store.Status.Dropped;
        Assert.True(dropped > 0);
        Assert.Equal(dropped, failures.GetMeasurementSnapshot().Count(measurement => Equals(measurement.Tags["error.type"], "queue_full")));
        Assert.Equal("answer", TextIn(store, "510"));
        journal.Before = null;
        await _fixture.EventuallyAsync(() => _fixture.Place.Entries.Count == 511 - dropped, "Writing the others");
    }

    [Fact]
    public async Task Writes_ThatWaitForRoom_AreNotLost()
    {
        var (store, journal) = await _fixture.StartAsync(new JournaledVectorStoreOptions { QueueCapacity = 1, WhenQueueIsFull = JournalFullBehavior.Wait });
        var gate = new TaskCompletionSource();
        journal.Before = (operation, token) => operation == "append" ? gate.Task.WaitAsync(token) : Task.CompletedTask;
        var writes = Enumerable.Range(0, 600).Select(i => store.UpsertAsync(_fixture.Entry($"{i}"), Token).AsTask()).ToArray();

        Assert.Contains(writes, write => !write.IsCompleted);
        gate.SetResult();
        await Task.WhenAll(writes);
        await _fixture.FlushAsync(store);

        Assert.Equal(600, _fixture.Place.Entries.Count);
    }

    [Fact]
    public async Task WriteThrough_CompletesWhenItIsWritten()
    {
        var (store, journal) = await _fixture.StartAsync(new JournaledVectorStoreOptions { WriteThrough = true });

        await store.UpsertAsync(_fixture.Entry("a"), Token);
        Assert.Single(_fixture.Place.Entries);

        journal.Before = FailAsync;
        var waiting = store.UpsertAsync(_fixture.Entry("b"), Token).AsTask();
        await _fixture.EventuallyAsync(() => waiting.IsCompleted, "The limit");
        await Assert.ThrowsAsync<TimeoutException>(() => waiting);
    }

    [Fact]
    public async Task RemoveWhere_WhileTheJournalIsAway_FailsHereAndHoldsEverywhereLater()
    {
        var (store, journal) = await _fixture.StartAsync();
        var (other, _) = await _fixture.StartAsync();
        await store.UpsertAsync(_fixture.Entry("a", labels: ["x"]), Token);
        await _fixture.FlushAsync(store);
        await _fixture.CaughtUpAsync(other);
        journal.Before = FailAsync;

        var removing = store.RemoveWhereAsync(new VectorFilter { Labels = ["x"] }, Token).AsTask();
        await _fixture.EventuallyAsync(() => removing.IsCompleted, "The limit");
        await Assert.ThrowsAsync<TimeoutException>(() => removing);
        Assert.Null(TextIn(store, "a"));

        journal.Before = null;
        await _fixture.EventuallyAsync(() => TextIn(other, "a") is null, "The removal");
    }

    [Fact]
    public async Task Changes_ThatAreForgotten_AreMadeUpByLoadingAgain()
    {
        var (store, journal) = await _fixture.StartAsync();
        var (other, _) = await _fixture.StartAsync();
        await store.UpsertAsync(_fixture.Entry("gone", labels: ["x"]), Token);
        await store.UpsertAsync(_fixture.Entry("stays"), Token);
        await _fixture.FlushAsync(store);
        await _fixture.CaughtUpAsync(store);
        journal.Before = FailAsync;
        await other.RemoveWhereAsync(new VectorFilter { Labels = ["x"] }, Token);
        await other.UpsertAsync(_fixture.Entry("new"), Token);
        await _fixture.FlushAsync(other);
        _fixture.Place.Trim();
        var removals = new List<VectorFilter>();
        ((RagCaching.VectorStores.IRemovalFeed)store).OnRemoval(removals.Add);
        Assert.Equal("answer", TextIn(store, "gone"));

        journal.Before = null;
        await _fixture.EventuallyAsync(() => TextIn(store, "new") == "answer", "Loading again");
        Assert.Null(TextIn(store, "gone"));
        Assert.Equal("answer", TextIn(store, "stays"));

        // What was removed is unknown, so answers that are being generated are not stored.
        Assert.Contains(removals, filter => filter.Labels.Count == 0 && filter.Partition is null);
    }

    [Fact]
    public async Task Changes_ThatAreDamaged_AreMadeUpByLoadingAgain()
    {
        var (store, journal) = await _fixture.StartAsync();
        var (other, _) = await _fixture.StartAsync();
        await store.UpsertAsync(_fixture.Entry("gone", labels: ["x"]), Token);
        await store.UpsertAsync(_fixture.Entry("stays"), Token);
        await _fixture.FlushAsync(store);
        await _fixture.CaughtUpAsync(store);
        using var failures = _fixture.CollectFailures();
        var opened = false;
        journal.Before = (operation, _) =>
        {
            // The record of the removal stays as it is.
            opened |= operation == "open";
            return operation == "changes" && !opened ? Task.FromException(new InvalidDataException("A removal is damaged.")) : Task.CompletedTask;
        };

        await other.RemoveWhereAsync(new VectorFilter { Labels = ["x"] }, Token);

        await _fixture.EventuallyAsync(() => opened && TextIn(store, "gone") is null, "Loading again");
        await _fixture.EventuallyAsync(() => TextIn(store, "stays") == "answer", "What is still stored");
        Assert.Contains(failures.GetMeasurementSnapshot(), measurement => Equals(measurement.Tags["error.type"], typeof(InvalidDataException).FullName));
    }

    [Fact]
    public async Task Journal_ThatLosesItsContent_BeginsAnew()
    {
        var (store, _) = await _fixture.StartAsync();
        await store.UpsertAsync(_fixture.Entry("old"), Token);
        await _fixture.FlushAsync(store);
        await _fixture.CaughtUpAsync(store);

        _fixture.Place.LoseEverything();
        await _fixture.EventuallyAsync(() => TextIn(store, "old") is null, "Loading again");
        await store.UpsertAsync(_fixture.Entry("new"), Token);
        await _fixture.FlushAsync(store);

        Assert.Equal("answer", TextIn(store, "new"));
        Assert.Single(_fixture.Place.Entries);
        var (other, _) = await _fixture.StartAsync();
        Assert.Equal("answer", TextIn(other, "new"));
    }

    [Fact]
    public async Task Journal_OfOtherHosts_IsRefusedForGood()
    {
        _fixture.Place.Identity = new JournalIdentity { KeyCheck = "theirs" };
        var (store, _) = await _fixture.StartAsync(isAwaited: false);

        var exception = await Assert.ThrowsAsync<JournalMismatchException>(() => store.WhenOpenAsync(Token));

        Assert.Contains("KeySecret", exception.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<JournalMismatchException>(async () => await store.GetContentAsync(Partition, "a", Token));
        await Assert.ThrowsAsync<JournalMismatchException>(async () => await store.UpsertAsync(_fixture.Entry("a"), Token));
        await Assert.ThrowsAsync<JournalMismatchException>(async () => await store.FlushAsync(Token));
        Assert.Empty(_fixture.Place.Entries);
    }

    [Fact]
    public async Task Dispose_WritesWhatWaitsAndStops()
    {
        var (store, journal) = await _fixture.StartAsync();
        await store.UpsertAsync(_fixture.Entry("a"), Token);

        await store.DisposeAsync();
        await store.DisposeAsync();

        Assert.Single(_fixture.Place.Entries);
        Assert.True(journal.IsDisposed);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.GetContentAsync(Partition, "a", Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.UpsertAsync(_fixture.Entry("b"), Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.FlushAsync(Token));
    }

    [Fact]
    public async Task Dispose_WhileTheJournalIsAway_EndsAndCountsWhatIsLost()
    {
        var (store, journal) = await _fixture.StartAsync();
        journal.Before = FailAsync;
        await store.UpsertAsync(_fixture.Entry("a"), Token);
        await store.UpsertAsync(_fixture.Entry("b"), Token);

        var disposing = store.DisposeAsync().AsTask();
        await _fixture.EventuallyAsync(() => disposing.IsCompleted, "The end");

        await disposing;
        Assert.Equal(2, store.Status.Dropped);
    }

    [Fact]
    public async Task Change_ThatTheJournalRefuses_DoesNotStopTheOthers()
    {
        var (store, journal) = await _fixture.StartAsync();
        journal.Before = null;
        var gate = new TaskCompletionSource();
        journal.Before = async (operation, token) =>
        {
            if (operation == "append")
            {
                await gate.Task.WaitAsync(token);
            }
        };
        _fixture.Place.Refuses = entry => entry.Id == "bad";
        foreach (var id in (string[])["a", "bad", "b"])
        {
            await store.UpsertAsync(_fixture.Entry(id), Token);
        }

        gate.SetResult();
        await _fixture.FlushAsync(store);

        Assert.Equal(["a", "b"], _fixture.Place.Entries.Keys.Select(key => key.Id).Order());
        Assert.Equal(1, store.Status.Dropped);
    }
}
