using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Journals;

/// <summary>Caches of several instances that share a journal.</summary>
public sealed class SharedCacheTests : IAsyncLifetime
{
    private readonly CacheFixture _fixture = new();
    private readonly JournalFixture _journal;
    private int _calls;

    public SharedCacheTests()
    {
        _journal = new JournalFixture(_fixture.Time);
        _fixture.Options.Limits.JoinTimeout = TimeSpan.FromHours(1);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        await _journal.DisposeAsync();
        _fixture.Dispose();
    }

    private static SemanticCacheQuery Query(string question) => new(question);

    private async Task<(SemanticCache Cache, JournaledVectorStore Store, MemoryJournal Journal)> StartAsync(JournaledVectorStoreOptions? options = null)
    {
        var (store, journal) = await _journal.StartAsync(options ?? new JournaledVectorStoreOptions { LeaseDuration = TimeSpan.FromHours(1) });
        return (_fixture.NewCache(store: store), store, journal);
    }

    private Task<SemanticCacheResult> AskAsync(SemanticCache cache, string question, Task? gate = null) => AskUntilAsync(cache, question, gate, Token);

    private Task<SemanticCacheResult> AskUntilAsync(SemanticCache cache, string question, Task? gate, CancellationToken cancellationToken) => cache.GetOrCreateAsync(
        Query(question),
        async (_, token) =>
        {
            Interlocked.Increment(ref _calls);
            await (gate ?? Task.CompletedTask).WaitAsync(token);
            return CacheFixture.Answer($"answer to {question}");
        },
        cancellationToken).AsTask();

    private Task EventuallyAsync(Func<bool> condition, string what) => Eventually.HoldsAsync(condition, what, () => _fixture.Time.Advance(TimeSpan.FromMilliseconds(1)));

    private async Task<T> EventuallyAsync<T>(Task<T> task, string what)
    {
        await EventuallyAsync(() => task.IsCompleted, what);
        return await task;
    }

    [Fact]
    public async Task GetOrCreate_WhatAnotherInstanceStored_IsAHit()
    {
        _fixture.SameMeaning("How do I reset my password?", "How can I reset my password?");
        var (first, firstStore, _) = await StartAsync();
        var (second, secondStore, _) = await StartAsync();
        await AskAsync(first, "How do I reset my password?");
        await _journal.FlushAsync(firstStore);
        await _journal.CaughtUpAsync(secondStore);

        var exact = await AskAsync(second, "How do I reset my password?");
        var reworded = await AskAsync(second, "How can I reset my password?");

        Assert.Equal((SemanticCacheOutcome.ExactHit, SemanticCacheOutcome.SemanticHit), (exact.Outcome, reworded.Outcome));
        Assert.Equal("answer to How do I reset my password?", reworded.Response!.Text);
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task GetOrCreate_AfterARestart_IsAHit()
    {
        var (first, store, _) = await StartAsync();
        await AskAsync(first, "question");
        await store.DisposeAsync();

        var (second, _, _) = await StartAsync();

        Assert.Equal(SemanticCacheOutcome.ExactHit, (await AskAsync(second, "question")).Outcome);
    }

    [Fact]
    public async Task GetOrCreate_TheSameNewQuestionInTwoInstances_IsGeneratedOnce()
    {
        var gate = new TaskCompletionSource();
        var (first, _, _) = await StartAsync();
        var (second, _, _) = await StartAsync();
        var starter = AskAsync(first, "question", gate.Task);
        await EventuallyAsync(() => Volatile.Read(ref _calls) == 1, "The first call");
        var others = Enumerable.Range(0, 20).Select(_ => AskAsync(second, "question", gate.Task)).ToArray();
        await Task.Yield();
        Assert.All(others, other => Assert.False(other.IsCompleted));

        gate.SetResult();
        await EventuallyAsync(starter, "The answer");
        var results = await EventuallyAsync(Task.WhenAll(others), "The answers of the others");

        Assert.Equal(1, _calls);
        Assert.All(results, result => Assert.Equal("answer to question", result.Response!.Text));
    }

    [Fact]
    public async Task GetOrCreate_TheInstanceThatGeneratesIsGone_AnotherOneGenerates()
    {
        var (first, _, _) = await StartAsync(new JournaledVectorStoreOptions { LeaseDuration = TimeSpan.FromSeconds(1) });
        var (second, _, _) = await StartAsync();
        var lost = AskAsync(first, "question", new TaskCompletionSource().Task);
        await EventuallyAsync(() => Volatile.Read(ref _calls) == 1, "The first call");

        var result = await EventuallyAsync(AskAsync(second, "question"), "The answer");

        Assert.Equal((SemanticCacheOutcome.Miss, "answer to question"), (result.Outcome, result.Response!.Text));
        Assert.Equal(2, _calls);
        Assert.False(lost.IsCompleted);
    }

    [Fact]
    public async Task GetOrCreate_TheOtherOneTakesTooLong_NobodyWaitsLongerThanTheJoinTimeout()
    {
        _fixture.Options.Limits.JoinTimeout = TimeSpan.FromSeconds(2);
        var (first, _, _) = await StartAsync();
        var (second, _, _) = await StartAsync();
        _ = AskAsync(first, "question", new TaskCompletionSource().Task);
        await EventuallyAsync(() => Volatile.Read(ref _calls) == 1, "The first call");
        var started = _fixture.Time.GetTimestamp();

        await EventuallyAsync(AskAsync(second, "question"), "The answer");

        // Long before the lease ends, though the clock runs ahead of the threads.
        Assert.InRange(_fixture.Time.GetElapsedTime(started), TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(50));
        Assert.Equal(2, _calls);
    }

    [Fact]
    public async Task GetOrCreate_TheAnswerIsNotStored_TheOthersGenerateToo()
    {
        var gate = new TaskCompletionSource();
        var (first, _, _) = await StartAsync();
        var (second, _, _) = await StartAsync();
        var starter = first.GetOrCreateAsync(
            Query("question"),
            async (context, token) =>
            {
                context.Store = false;
                Interlocked.Increment(ref _calls);
                await gate.Task.WaitAsync(token);
                return CacheFixture.Answer("not stored");
            },
            Token).AsTask();
        await EventuallyAsync(() => Volatile.Read(ref _calls) == 1, "The first call");
        var other = AskAsync(second, "question");

        gate.SetResult();

        Assert.Equal("not stored", (await EventuallyAsync(starter, "The answer")).Response!.Text);
        Assert.Equal("answer to question", (await EventuallyAsync(other, "The other answer")).Response!.Text);
    }

    [Fact]
    public async Task GetOrCreate_TheJournalFails_NobodyWaits()
    {
        var (cache, _, journal) = await StartAsync();
        journal.Before = (operation, _) => operation == "lease" ? Task.FromException(new IOException("out of reach")) : Task.CompletedTask;

        var result = await EventuallyAsync(AskAsync(cache, "question"), "The answer");

        Assert.Equal("answer to question", result.Response!.Text);
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task GetOrCreate_CallerLeavesWhileAnotherInstanceGenerates_IsToldSo()
    {
        using var leaving = new CancellationTokenSource();
        var (first, _, _) = await StartAsync();
        var (second, _, _) = await StartAsync();
        _ = AskAsync(first, "question", new TaskCompletionSource().Task);
        await EventuallyAsync(() => Volatile.Read(ref _calls) == 1, "The first call");
        var waiting = AskUntilAsync(second, "question", gate: null, leaving.Token);

        await leaving.CancelAsync();

        await EventuallyAsync(() => waiting.IsCompleted, "The end of the wait");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task RemoveWhere_WhileAnotherInstanceGenerates_KeepsItsAnswerOut()
    {
        var gate = new TaskCompletionSource();
        var (first, firstStore, _) = await StartAsync(new JournaledVectorStoreOptions { ShareGeneration = false });
        var (second, secondStore, _) = await StartAsync();
        var generating = AskAsync(first, "question", gate.Task);
        await EventuallyAsync(() => Volatile.Read(ref _calls) == 1, "The call");

        var removing = second.RemoveWhereAsync(new EntryFilter { AllScopes = true }, Token).AsTask();
        await EventuallyAsync(removing, "The removal");
        await _journal.CaughtUpAsync(firstStore);
        gate.SetResult();
        await EventuallyAsync(generating, "The answer");
        await _journal.FlushAsync(firstStore);
        await _journal.CaughtUpAsync(secondStore);

        // What it is built on may have been read before the removal.
        Assert.Empty(_journal.Place.Entries);
        Assert.Equal(SemanticCacheOutcome.Miss, (await EventuallyAsync(AskAsync(second, "question"), "The next answer")).Outcome);
    }

    [Fact]
    public async Task RemoveWhere_BeforeAnInstanceThatGeneratesHasOpenedTheJournal_KeepsItsAnswerOut()
    {
        TaskCompletionSource gate = new(), opening = new();
        var (late, _) = await _journal.StartAsync(prepare: journal => journal.Before = (operation, token) => operation == "open" ? opening.Task.WaitAsync(token) : Task.CompletedTask, isAwaited: false);
        var (other, _, _) = await StartAsync();
        var generating = AskAsync(_fixture.NewCache(store: late), "question", gate.Task);
        await EventuallyAsync(() => Volatile.Read(ref _calls) == 1, "The call");
        await EventuallyAsync(other.RemoveWhereAsync(new EntryFilter { AllScopes = true }, Token).AsTask(), "The removal");

        opening.SetResult();
        await _journal.CaughtUpAsync(late);
        gate.SetResult();
        await EventuallyAsync(generating, "The answer");
        await _journal.FlushAsync(late);

        Assert.Empty(_journal.Place.Entries);
    }

    [Fact]
    public async Task Lookup_JournalOutOfReachForTooLong_IsACountedMissUntilItReturns()
    {
        var (cache, store, journal) = await StartAsync(new JournaledVectorStoreOptions { MaxStaleness = TimeSpan.FromMinutes(30) });
        await AskAsync(cache, "question");
        await _journal.FlushAsync(store);
        journal.Before = (_, _) => Task.FromException(new IOException("out of reach"));
        _fixture.Time.Advance(TimeSpan.FromMinutes(31));
        await _journal.EventuallyAsync(() => !store.Status.IsServing, "The end of serving");

        var away = await EventuallyAsync(AskAsync(cache, "question"), "The answer");
        journal.Before = null;
        await _journal.EventuallyAsync(() => store.Status.IsServing, "The return");
        _fixture.Time.Advance(TimeSpan.FromSeconds(5));
        var back = await EventuallyAsync(AskAsync(cache, "question"), "The hit");

        Assert.Equal((SemanticCacheOutcome.Miss, SemanticCacheReason.Unavailable, "answer to question"), (away.Outcome, away.Reason, away.Response!.Text));
        Assert.Equal((SemanticCacheOutcome.ExactHit, SemanticCacheReason.None), (back.Outcome, back.Reason));
    }
}
