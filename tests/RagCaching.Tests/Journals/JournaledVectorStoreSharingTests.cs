using static RagCaching.Tests.Journals.JournalFixture;

namespace RagCaching.Tests.Journals;

/// <summary>What one instance stores, removes or reports reaches the others.</summary>
public sealed class JournaledVectorStoreSharingTests : IAsyncLifetime
{
    private readonly JournalFixture _fixture = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Upsert_OfOneInstance_IsFoundByTheOthersAndByTheNext()
    {
        var (first, _) = await _fixture.StartAsync();
        var (second, _) = await _fixture.StartAsync();

        await first.UpsertAsync(_fixture.Entry("a", labels: ["x"]), Token);

        Assert.Equal("answer", TextIn(first, "a"));
        await _fixture.EventuallyAsync(() => TextIn(second, "a") == "answer", "The other instance's sight of it");
        var match = Assert.Single(await second.SearchAsync(new VectorQuery { Partition = Partition, Vector = new float[] { 1, 0 }, IncludePayload = true }, Token));
        Assert.Equal("answer", TextOf(match.Entry));
        var (third, _) = await _fixture.StartAsync();
        Assert.Equal("answer", TextIn(third, "a"));
    }

    [Fact]
    public async Task SetMetadata_OfOneInstance_ReachesTheOthers()
    {
        var (first, _) = await _fixture.StartAsync();
        var (second, _) = await _fixture.StartAsync();
        await first.UpsertAsync(_fixture.Entry("a"), Token);
        await _fixture.FlushAsync(first);
        await _fixture.CaughtUpAsync(second);

        Assert.True(await second.SetMetadataAsync(Partition, "a", new byte[] { 7 }, Token));

        await _fixture.EventuallyAsync(() => MetadataIn(first, "a") is [7], "The report");
        Assert.Equal("answer", TextIn(first, "a"));
        Assert.False(await second.SetMetadataAsync(Partition, "b", new byte[] { 7 }, Token));
    }

    [Fact]
    public async Task RemoveWhere_OfOneInstance_IsHonouredByTheOthers()
    {
        var (first, _) = await _fixture.StartAsync();
        var (second, _) = await _fixture.StartAsync();
        await first.UpsertAsync(_fixture.Entry("a", labels: ["x"]), Token);
        await first.UpsertAsync(_fixture.Entry("b", labels: ["y"]), Token);
        await _fixture.FlushAsync(first);
        await _fixture.CaughtUpAsync(second);

        Assert.Equal(1, await second.RemoveWhereAsync(new VectorFilter { Labels = ["x"] }, Token));

        Assert.Null(TextIn(second, "a"));
        await _fixture.EventuallyAsync(() => TextIn(first, "a") is null, "The removal");
        Assert.Equal("answer", TextIn(first, "b"));
        Assert.True(await first.RemoveAsync(Partition, "b", Token));
        await _fixture.EventuallyAsync(() => TextIn(second, "b") is null, "The second removal");
        Assert.False(await first.RemoveAsync(Partition, "b", Token));
    }

    [Fact]
    public async Task Upsert_WhileARemovalIsOnItsWay_IsTakenBackEverywhere()
    {
        var gate = new TaskCompletionSource();
        var (slow, journal) = await _fixture.StartAsync();
        var (other, _) = await _fixture.StartAsync();
        await _fixture.CaughtUpAsync(slow);
        journal.Before = async (operation, token) =>
        {
            if (operation != "read")
            {
                await gate.Task.WaitAsync(token);
            }
        };
        await other.RemoveWhereAsync(new VectorFilter { Labels = ["x"] }, Token);

        // It does not know of the removal yet, so its answer may be older.
        await slow.UpsertAsync(_fixture.Entry("a", labels: ["x"]), Token);
        Assert.Equal("answer", TextIn(slow, "a"));
        gate.SetResult();
        await _fixture.FlushAsync(slow);

        await _fixture.EventuallyAsync(() => TextIn(slow, "a") is null, "The withdrawal");
        await _fixture.CaughtUpAsync(other);
        Assert.Null(TextIn(other, "a"));
        await slow.UpsertAsync(_fixture.Entry("a", "new answer", labels: ["x"]), Token);
        await _fixture.EventuallyAsync(() => TextIn(other, "a") == "new answer", "A write that knows the removal");
    }

    [Fact]
    public async Task Upsert_TakenBackWhileTheJournalCannotBeRead_IsGoneAndNotWrittenAgain()
    {
        var appends = 0;
        var gate = new TaskCompletionSource();
        var (slow, slowJournal) = await _fixture.StartAsync();
        var (other, _) = await _fixture.StartAsync();
        slowJournal.Before = async (operation, token) =>
        {
            Interlocked.Add(ref appends, operation == "append" ? 1 : 0);
            await (operation switch
            {
                // What it does not know of yet decides.
                "append" or "changes" or "wait" => gate.Task.WaitAsync(token),
                "read" => Task.FromException(new IOException("out of reach")),
                _ => Task.CompletedTask,
            });
        };
        await slow.UpsertAsync(_fixture.Entry("a", labels: ["x"]), Token);
        await other.RemoveWhereAsync(new VectorFilter { Labels = ["x"] }, Token);

        gate.SetResult();
        await _fixture.FlushAsync(slow);

        Assert.Null(TextIn(slow, "a"));
        Assert.Equal(1, appends);
        await slow.UpsertAsync(_fixture.Entry("b"), Token);
        await _fixture.FlushAsync(slow);
        await _fixture.EventuallyAsync(() => TextIn(other, "b") == "answer", "The next write");
    }

    [Fact]
    public async Task RemoveWhere_WhileTheJournalIsWaitedFor_DoesNotWaitForNewsToo()
    {
        var waits = 0;
        var never = new TaskCompletionSource();
        var (store, _) = await _fixture.StartAsync(prepare: journal => journal.Before = async (operation, token) =>
        {
            if (operation == "wait")
            {
                Interlocked.Increment(ref waits);
                await never.Task.WaitAsync(token);
            }
        });
        await store.UpsertAsync(_fixture.Entry("a", labels: ["x"]), Token);
        await _fixture.FlushAsync(store);
        await _fixture.EventuallyAsync(() => Volatile.Read(ref waits) > 0, "The wait for news");

        // The clock stands still, so neither a wait nor a limit ends by itself.
        Assert.Equal(1, await store.RemoveWhereAsync(new VectorFilter { Labels = ["x"] }, Token));
    }

    [Fact]
    public async Task Upsert_AfterOnesOwnRemoval_IsKept()
    {
        var (store, journal) = await _fixture.StartAsync();
        await store.RemoveWhereAsync(new VectorFilter { Labels = ["x"] }, Token);

        await store.UpsertAsync(_fixture.Entry("a", labels: ["x"]), Token);
        await _fixture.FlushAsync(store);
        await _fixture.CaughtUpAsync(store);

        Assert.Equal("answer", TextIn(store, "a"));
        Assert.NotNull(await journal.ReadAsync(Partition, "a", withVector: false, Token));
    }

    [Fact]
    public async Task Upsert_OfTheSameEntryByTwoInstances_EndsWithOneAnswerInBoth()
    {
        var (first, firstJournal) = await _fixture.StartAsync();
        var (second, _) = await _fixture.StartAsync();
        var gate = new TaskCompletionSource();
        firstJournal.Before = async (operation, token) =>
        {
            if (operation == "append")
            {
                await gate.Task.WaitAsync(token);
            }
        };
        await first.UpsertAsync(_fixture.Entry("a", "of the first"), Token);
        await second.UpsertAsync(_fixture.Entry("a", "of the second"), Token);
        await _fixture.FlushAsync(second);
        gate.SetResult();
        await _fixture.FlushAsync(first);

        // The first one's write came last.
        await _fixture.EventuallyAsync(() => TextIn(second, "a") == "of the first", "The last write");
        await _fixture.CaughtUpAsync(first);
        Assert.Equal("of the first", TextIn(first, "a"));
    }

    [Fact]
    public async Task Appends_OfUnknownOutcome_AreRepeatedWithoutHarm()
    {
        var (first, journal) = await _fixture.StartAsync();
        var (second, _) = await _fixture.StartAsync();
        var failures = 1;
        journal.AfterAppend = () => Interlocked.Decrement(ref failures) >= 0 ? Task.FromException(new IOException("cut in mid-batch")) : Task.CompletedTask;
        await first.UpsertAsync(_fixture.Entry("a"), Token);
        await _fixture.EventuallyAsync(() => TextIn(second, "a") == "answer", "The write whose outcome the writer does not know");

        await second.RemoveAsync(Partition, "a", Token);
        await _fixture.EventuallyAsync(() => first.Status.Waiting == 0, "The second attempt");
        await _fixture.FlushAsync(first);

        await _fixture.EventuallyAsync(() => TextIn(first, "a") is null && TextIn(second, "a") is null, "The removal of what was written twice");
        Assert.Equal(0, first.Status.Dropped);
    }

    [Fact]
    public async Task Learnt_OfOneInstance_DoesNotDisturbTheOthers()
    {
        var (first, journal) = await _fixture.StartAsync();
        await journal.AppendAsync([JournalChange.Learn("topic", new byte[] { 1 })], Token);

        await _fixture.CaughtUpAsync(first);

        Assert.True(first.Status.IsServing);
    }
}
