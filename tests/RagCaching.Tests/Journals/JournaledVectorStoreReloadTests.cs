using static RagCaching.Tests.Journals.JournalFixture;

namespace RagCaching.Tests.Journals;

/// <summary>What was removed does not come back with an index that is filled anew beside the old one, as after a restart of the server.</summary>
public sealed class JournaledVectorStoreReloadTests : IAsyncLifetime
{
    private static readonly VectorFilter Removed = new() { Labels = ["x"] };

    private readonly JournalFixture _fixture = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Removal_ThatIsPassedOver_CoversWhatWasWrittenBefore()
    {
        var (store, journal) = await _fixture.StartAsync();
        HoldReading(journal);
        await store.UpsertAsync(_fixture.Entry("a", labels: ["x"]), Token);
        await store.UpsertAsync(_fixture.Entry("b"), Token);
        await _fixture.FlushAsync(store);
        journal.AfterAppend = () =>
        {
            _fixture.Place.Trim();
            return Task.CompletedTask;
        };

        var removing = store.RemoveWhereAsync(Removed, Token).AsTask();
        await _fixture.EventuallyAsync(() => removing.IsCompleted, "The end of the removal");

        Assert.Equal(1, await removing);
        await AssertOnlyBIsLeftAsync(store);
    }

    [Fact]
    public async Task RemovalOfAnother_ThatIsPassedOver_CoversWhatWasWrittenBefore()
    {
        var (store, journal) = await _fixture.StartAsync();
        var (other, _) = await _fixture.StartAsync();
        var gate = HoldReading(journal);
        await store.UpsertAsync(_fixture.Entry("a", labels: ["x"]), Token);
        await store.UpsertAsync(_fixture.Entry("b"), Token);
        await _fixture.FlushAsync(store);
        await _fixture.CaughtUpAsync(other);
        await other.RemoveWhereAsync(Removed, Token);

        _fixture.Place.Trim();
        gate.SetResult();
        await _fixture.CaughtUpAsync(store);

        await AssertOnlyBIsLeftAsync(store);
    }

    [Fact]
    public async Task Removal_ThatTheJournalDoesNotHaveYet_HoldsHere()
    {
        var (store, journal) = await _fixture.StartAsync();
        var (gate, isAway) = (HoldReading(journal), true);
        var before = journal.Before;
        journal.Before = (operation, token) => operation == "append" && Volatile.Read(ref isAway) ? Task.FromException(new IOException("The connection was cut.")) : before!(operation, token);
        await store.UpsertAsync(_fixture.Entry("a", labels: ["x"]), Token);
        await store.UpsertAsync(_fixture.Entry("b"), Token);
        var removing = store.RemoveWhereAsync(Removed, Token).AsTask();
        await new MemoryJournal(_fixture.Place, _fixture.Time).AppendAsync([JournalChange.Upsert(_fixture.Entry("c"), _fixture.Place.Position)], Token);

        // The index is filled anew while all three changes wait.
        _fixture.Place.Trim();
        gate.SetResult();
        await _fixture.EventuallyAsync(() => TextIn(store, "c") is not null, "The new index");

        Assert.Equal((null, "answer"), (TextIn(store, "a"), TextIn(store, "b")));
        Volatile.Write(ref isAway, false);
        await _fixture.EventuallyAsync(() => removing.IsCompleted, "The end of the removal");
        await removing;
        Assert.Null(TextIn(store, "a"));
        Assert.DoesNotContain(_fixture.Place.Entries.Keys, key => key.Id == "a");
    }

    // Nobody hears of changes until somebody asks for them.
    private static TaskCompletionSource HoldReading(MemoryJournal journal)
    {
        var gate = new TaskCompletionSource();
        journal.Before = (operation, token) => operation == "wait" ? gate.Task.WaitAsync(token) : Task.CompletedTask;
        return gate;
    }

    private async Task AssertOnlyBIsLeftAsync(JournaledVectorStore store)
    {
        await _fixture.EventuallyAsync(() => store.Status.IsServing && TextIn(store, "b") is not null, "The new index");
        Assert.Null(TextIn(store, "a"));
        Assert.DoesNotContain(_fixture.Place.Entries.Keys, key => key.Id == "a");
    }
}
