using RagCaching.Tests.TestDoubles;
using RagCaching.VectorStores;
using static RagCaching.Tests.Journals.JournalFixture;

namespace RagCaching.Tests.Journals;

/// <summary>Removals and writes that meet those of other instances at the worst moment.</summary>
public sealed class JournaledVectorStoreRaceTests : IAsyncLifetime
{
    private const int Enough = 10_000;

    private readonly JournalFixture _fixture = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private static Func<string, CancellationToken, Task> Holding(string held, Task gate) => (operation, token) => operation == held ? gate.WaitAsync(token) : Task.CompletedTask;

    /// <summary>Starts two instances of which the first one does not look for changes until the gate opens.</summary>
    private async Task<(JournaledVectorStore Blind, MemoryJournal Journal, JournaledVectorStore Other, TaskCompletionSource Gate)> StartBlindAsync()
    {
        var gate = new TaskCompletionSource();
        var held = new TaskCompletionSource();
        var (blind, journal) = await _fixture.StartAsync();
        var (other, _) = await _fixture.StartAsync();
        journal.Before = (operation, token) =>
        {
            if (operation != "wait")
            {
                return Task.CompletedTask;
            }

            held.TrySetResult();
            return gate.Task.WaitAsync(token);
        };
        await _fixture.EventuallyAsync(() => held.Task.IsCompleted, "The wait for changes");
        return (blind, journal, other, gate);
    }

    [Fact]
    public async Task Upsert_OfAnInstanceThatHasWrittenAfterARemovalItDoesNotKnow_IsTakenBack()
    {
        var (blind, _, other, gate) = await StartBlindAsync();
        await other.RemoveWhereAsync(new VectorFilter { Labels = ["x"] }, Token);

        // The version of this write is greater than that of the removal, of which the instance still has not heard.
        await blind.UpsertAsync(_fixture.Entry("unrelated"), Token);
        await _fixture.FlushAsync(blind);
        await blind.UpsertAsync(_fixture.Entry("a", labels: ["x"]), Token);
        await _fixture.FlushAsync(blind);
        gate.SetResult();
        await _fixture.CaughtUpAsync(blind);
        await _fixture.CaughtUpAsync(other);

        Assert.DoesNotContain((Partition, "a"), _fixture.Place.Entries.Keys);
        Assert.Null(TextIn(blind, "a"));
        Assert.Null(TextIn(other, "a"));
    }

    [Fact]
    public async Task RemoveWhere_WhileOlderChangesAreRead_LeavesNothingWhenItReturns()
    {
        var (store, journal) = await _fixture.StartAsync();
        var (other, _) = await _fixture.StartAsync();
        TaskCompletionSource mayAppend = new(), appended = new(), first = new(), second = new();
        var (waiting, reads) = (0, 0);
        journal.AfterAppend = () =>
        {
            appended.TrySetResult();
            return Task.CompletedTask;
        };
        journal.Before = async (operation, token) =>
        {
            if (operation == "append")
            {
                await mayAppend.Task.WaitAsync(token);
            }
            else if (operation == "changes")
            {
                // A look that takes too long is given up, and another one waits in its place.
                Interlocked.Increment(ref waiting);
                try
                {
                    await first.Task.WaitAsync(token);
                }
                finally
                {
                    Interlocked.Decrement(ref waiting);
                }

                await (Interlocked.Increment(ref reads) == 1 ? Task.CompletedTask : second.Task.WaitAsync(token));
            }
        };
        await _fixture.EventuallyAsync(() => Volatile.Read(ref waiting) > 0, "A look before there is anything to see");
        await other.UpsertAsync(_fixture.Entry("a", labels: ["x"]), Token);
        await _fixture.FlushAsync(other);
        await _fixture.CaughtUpAsync(other);
        await _fixture.EventuallyAsync(() => Volatile.Read(ref waiting) > 0, "The look at the changes");
        var removing = store.RemoveWhereAsync(new VectorFilter { Labels = ["x"] }, Token).AsTask();

        // The entry comes in after this instance has swept its index, and before the removal is in the journal.
        first.SetResult();
        await Eventually.HoldsAsync(() => TextIn(store, "a") is not null, "The entry", static () => { });
        mayAppend.SetResult();
        await _fixture.EventuallyAsync(() => appended.Task.IsCompleted, "The removal in the journal");
        for (var i = 0; i < Enough && !removing.IsCompleted; i++)
        {
            await Task.Yield();
        }

        if (!removing.IsCompleted)
        {
            second.SetResult();
            await _fixture.EventuallyAsync(() => removing.IsCompleted, "The removal");
        }

        await removing;
        Assert.Null(TextIn(store, "a"));
        second.TrySetResult();
    }

    [Fact]
    public async Task Fetch_OfAnEntryThatIsRemovedMeanwhile_DoesNotBringItBack()
    {
        var (store, journal) = await _fixture.StartAsync();
        var (other, _) = await _fixture.StartAsync();
        await other.UpsertAsync(_fixture.Entry("a", labels: ["x"]), Token);
        await _fixture.EventuallyAsync(() => TextIn(store, "a") is not null, "The entry");
        TaskCompletionSource read = new(), gate = new();
        journal.AfterRead = () =>
        {
            read.TrySetResult();
            return gate.Task;
        };
        var fetching = ((IGenerationLeases)store).FetchAsync(Partition, "a", Token).AsTask();
        await _fixture.EventuallyAsync(() => read.Task.IsCompleted, "The reading");

        await other.RemoveWhereAsync(new VectorFilter { Labels = ["x"] }, Token);
        await _fixture.EventuallyAsync(() => TextIn(store, "a") is null, "The removal");
        gate.SetResult();

        Assert.False(await fetching);
        Assert.Null(TextIn(store, "a"));
    }

    [Fact]
    public async Task Fetch_OfAnEntryThatIsReplacedMeanwhile_DoesNotBringTheOldOneBack()
    {
        var (store, journal) = await _fixture.StartAsync();
        var (other, _) = await _fixture.StartAsync();
        await other.UpsertAsync(_fixture.Entry("a", "old"), Token);
        await _fixture.EventuallyAsync(() => TextIn(store, "a") == "old", "The entry");
        TaskCompletionSource read = new(), gate = new();
        journal.AfterRead = () =>
        {
            read.TrySetResult();
            return gate.Task;
        };
        var fetching = ((IGenerationLeases)store).FetchAsync(Partition, "a", Token).AsTask();
        await _fixture.EventuallyAsync(() => read.Task.IsCompleted, "The reading");

        await other.UpsertAsync(_fixture.Entry("a", "new"), Token);
        await _fixture.EventuallyAsync(() => TextIn(store, "a") == "new", "The new answer");
        gate.SetResult();
        await fetching;

        Assert.Equal("new", TextIn(store, "a"));
    }

    [Fact]
    public async Task Upsert_ThatIsTakenBackWhileItsSuccessorIsRemoved_DoesNotBringThatBack()
    {
        var (blind, journal, other, gate) = await StartBlindAsync();
        TaskCompletionSource read = new(), reading = new();
        journal.AfterRead = () =>
        {
            read.TrySetResult();
            return reading.Task;
        };
        await other.RemoveWhereAsync(new VectorFilter { Labels = ["x"] }, Token);
        await other.UpsertAsync(_fixture.Entry("a", "successor", labels: ["x"]), Token);
        await _fixture.FlushAsync(other);
        await blind.UpsertAsync(_fixture.Entry("a", labels: ["x"]), Token);
        await _fixture.EventuallyAsync(() => read.Task.IsCompleted, "The look at what the journal has instead");

        await other.RemoveWhereAsync(new VectorFilter { Labels = ["x"] }, Token);
        gate.SetResult();
        await _fixture.CaughtUpAsync(blind);
        reading.SetResult();
        await _fixture.FlushAsync(blind);

        Assert.Null(TextIn(blind, "a"));
    }

    [Fact]
    public async Task Upsert_OfAnotherInstanceAfterOnesOwn_TakesItsPlace()
    {
        var (blind, _, other, gate) = await StartBlindAsync();
        await blind.UpsertAsync(_fixture.Entry("a", "first"), Token);
        await _fixture.FlushAsync(blind);
        await _fixture.CaughtUpAsync(other);
        await other.UpsertAsync(_fixture.Entry("a", "second"), Token);
        await _fixture.FlushAsync(other);

        // What the journal has of the two is the second one only.
        gate.SetResult();
        await _fixture.CaughtUpAsync(blind);

        Assert.Equal("second", TextIn(blind, "a"));
    }

    [Fact]
    public async Task Upsert_ThatWaitsWhileTheJournalLosesItsContent_IsTakenBack()
    {
        var gate = new TaskCompletionSource();
        var (store, journal) = await _fixture.StartAsync();
        var (other, _) = await _fixture.StartAsync();
        await other.UpsertAsync(_fixture.Entry("before"), Token);
        await _fixture.EventuallyAsync(() => TextIn(store, "before") is not null, "The first entry");
        journal.Before = Holding("append", gate.Task);
        await store.UpsertAsync(_fixture.Entry("a", labels: ["x"]), Token);

        // The removal is lost with everything else, and must be honoured all the same.
        await other.RemoveWhereAsync(new VectorFilter { Labels = ["x"] }, Token);
        _fixture.Place.LoseEverything();
        gate.SetResult();
        await _fixture.FlushAsync(store);
        await _fixture.EventuallyAsync(() => TextIn(store, "before") is null && TextIn(store, "a") is null, "The end of what was");

        Assert.Empty(_fixture.Place.Entries);
        await store.UpsertAsync(_fixture.Entry("new", labels: ["x"]), Token);
        await _fixture.EventuallyAsync(() => TextIn(other, "new") == "answer", "A write that knows the new content");
    }

    [Fact]
    public async Task Upsert_WhileTheIndexIsReplaced_IsInTheNewOne()
    {
        var entries = new RagCaching.Journals.LocalEntries(() => new InMemoryVectorStore(services: new TestServices().Add<TimeProvider>(_fixture.Time)), keepPayloads: true, new RagCaching.Internal.Faults.FaultReporting(_fixture.Time, new RagCaching.Diagnostics.CacheTelemetry("response", "test", services: null), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance));
        const int Writes = 5_000;
        var writing = Task.Run(
            () =>
            {
                for (var i = 0; i < Writes; i++)
                {
                    entries.Write(_fixture.Entry($"{i}"), basedOn: 0);
                }
            },
            Token);

        // Nothing of it is in the journal yet, so no snapshot has it.
        while (!writing.IsCompleted)
        {
            entries.BeginReload(withPending: true);
            entries.EndLoad();
        }

        await writing;
        Assert.Equal(Writes, await entries.Current.CountAsync(new VectorFilter(), Token));
        entries.Dispose();
    }
}
