using RagCaching.Contract.Transfers;
using RagCaching.Semantic.Entries;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.Storing;

/// <summary>A removal that meets a write has the last word, also where the write fails and is carried out all the same.</summary>
public sealed class SweptWritesTests : IDisposable
{
    private const string Question = "What is a cache?";

    private static readonly EntryFilter Everything = new() { AllScopes = true };

    private readonly CacheFixture _fixture = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Write_ThatFailsAfterwards_IsTakenBack()
    {
        RemoveDuringTheWrite();
        _fixture.Store.AfterUpsert = () => throw new IOException("The connection was cut.");

        var result = await _fixture.AskAsync(Question);

        Assert.Null(result.EntryId);
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Write_ThatFailsAfterwardsWithoutARemoval_Stays()
    {
        _fixture.Store.AfterUpsert = () => throw new IOException("The connection was cut.");

        await _fixture.AskAsync(Question);

        Assert.True((await _fixture.Cache.LookupAsync(Question, Token)).IsHit);
    }

    [Fact]
    public async Task Write_ThatNobodyWaitsForAnyMore_IsTakenBackWhenItEnds()
    {
        var gate = new TaskCompletionSource();
        _fixture.Store.Before = (operation, _) => operation == nameof(IVectorStore.UpsertAsync) ? gate.Task : Task.CompletedTask;
        var asking = _fixture.AskAsync(Question);
        await Eventually.HoldsAsync(() => asking.IsCompleted, "The end of the time limit", () => _fixture.Time.Advance(TimeSpan.FromMilliseconds(100)));
        Assert.Null((await asking).EntryId);

        await _fixture.Cache.RemoveWhereAsync(Everything, Token);
        gate.SetResult();
        await Eventually.HoldsAsync(() => Operations(nameof(IVectorStore.RemoveAsync)) == 1, "The withdrawal");

        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Write_ThatCannotBeTakenBack_IsNeverServedAndDroppedWhenThatIsPossible()
    {
        var isBroken = true;
        RemoveDuringTheWrite(operation => operation == nameof(IVectorStore.RemoveAsync) && isBroken ? Task.FromException(new IOException("The connection was cut.")) : Task.CompletedTask);
        using var failures = _fixture.Counter("ragcaching.cache.failures");

        Assert.Null((await _fixture.AskAsync(Question)).EntryId);

        Assert.Equal(1, await _fixture.Store.CountAsync(new VectorFilter(), Token));
        Assert.False((await _fixture.Cache.LookupAsync(Question, Token)).IsHit);
        Assert.Contains(failures.GetMeasurementSnapshot(), failure => (string?)failure.Tags["ragcaching.operation"] == "remove");
        isBroken = false;
        await AssertNothingIsLeftAsync();
        await _fixture.AskAsync(Question);
        Assert.True((await _fixture.Cache.LookupAsync(Question, Token)).IsHit);
    }

    [Fact]
    public async Task Import_WhoseStoreFailsAfterwards_LeavesNothingThatWasRemoved()
    {
        using var source = new CacheFixture();
        await source.AskAsync(Question);
        var export = new MemoryStream();
        await source.Cache.ExportAsync(export, Everything, cancellationToken: Token);
        export.Position = 0;
        RemoveDuringTheWrite();
        _fixture.Store.AfterUpsert = () => throw new IOException("The connection was cut.");

        await Assert.ThrowsAsync<IOException>(async () => await _fixture.Cache.ImportAsync(export, cancellationToken: Token));

        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Curation_WhoseStoreFailsAfterwards_LeavesNothingThatWasRemoved()
    {
        var stored = await _fixture.AskAsync(Question);
        RemoveDuringTheWrite();
        _fixture.Store.AfterUpsert = () => throw new IOException("The connection was cut.");

        await Assert.ThrowsAsync<IOException>(async () => await ((ISemanticCacheEntries)_fixture.Cache).CurateAsync(stored.EntryId!, "edited", scope: null, Token));

        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public void Log_OfMoreRevokedEntriesThanItRemembers_ForgetsTheOldest()
    {
        var log = new RemovalLog();
        VectorEntry Entry(int i) => new() { Partition = "p", Id = $"{i}", CreatedAt = DateTimeOffset.UnixEpoch, ExpiresAt = DateTimeOffset.MaxValue };
        for (var i = 0; i < 65; i++)
        {
            log.Revoke(Entry(i));
        }

        log.Unrevoke(Entry(64));

        Assert.Equal((false, true, true, false), (log.IsRevoked(Entry(0)), log.IsRevoked(Entry(1)), log.IsRevoked(Entry(63)), log.IsRevoked(Entry(64))));
    }

    // The removal comes after the check, and sweeps the store before the answer is in it.
    private void RemoveDuringTheWrite(Func<string, Task>? otherwise = null) => _fixture.Store.Before = async (operation, _) =>
    {
        if (operation == nameof(IVectorStore.UpsertAsync) && Operations(nameof(IVectorStore.RemoveWhereAsync)) == 0)
        {
            await _fixture.Cache.RemoveWhereAsync(Everything, Token);
        }

        await (otherwise?.Invoke(operation) ?? Task.CompletedTask);
    };

    private int Operations(string name)
    {
        lock (_fixture.Store.Operations)
        {
            return _fixture.Store.Operations.Count(operation => operation == name);
        }
    }

    private async Task AssertNothingIsLeftAsync()
    {
        Assert.False((await _fixture.Cache.LookupAsync(Question, Token)).IsHit);
        Assert.Equal(0, await _fixture.Store.CountAsync(new VectorFilter(), Token));
    }
}
