using RagCaching.Contract.Transfers;
using RagCaching.Tests.TestDoubles;
using RagCaching.VectorStores;

namespace RagCaching.Tests.Semantic.Transfers;

/// <summary>Answers are listed from stores that can only be read whole, too, and are changed where they are.</summary>
public sealed class EntryListTests : IDisposable
{
    private static readonly EntryFilter Shared = new() { Scope = CacheScope.Shared };

    private readonly CacheFixture _fixture = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ISemanticCacheEntries Entries => _fixture.Cache;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task List_OfAStoreThatIsReadWhole_IsPagedAndNewestFirst()
    {
        for (var i = 0; i < 5; i++)
        {
            await _fixture.Cache.StoreAsync($"question {i}", CacheFixture.Answer($"answer {i}"), Token);
            _fixture.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var listed = new List<string>();
        ListedPlace? after = null;
        do
        {
            var page = await Entries.ListAsync(Shared, isCurated: null, after, limit: 2, Token);
            listed.AddRange(page.Entries.Select(entry => entry.Answer));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(["answer 4", "answer 3", "answer 2", "answer 1", "answer 0"], listed);
    }

    [Fact]
    public async Task Curate_OfAnEditedAnswer_ForgetsWhatWasReportedAboutTheOldOne()
    {
        var id = (await _fixture.Cache.StoreAsync("question", CacheFixture.Answer("old"), Token))!;
        await _fixture.Cache.ReportAsync(id, "another question", correct: false, CacheScope.Shared, Token);

        var pinned = await Entries.CurateAsync(id, text: null, CacheScope.Shared, Token);
        var kept = Assert.Single((await Entries.ListAsync(Shared, isCurated: true, after: null, limit: 10, Token)).Entries);
        var edited = await Entries.CurateAsync(id, "new", CacheScope.Shared, Token);
        var changed = Assert.Single((await Entries.ListAsync(Shared, isCurated: true, after: null, limit: 10, Token)).Entries);

        Assert.Equal((id, id, 1), (pinned.EntryId, kept.Id, kept.Wrong));
        Assert.NotEqual(id, edited.EntryId);
        Assert.Equal((edited.EntryId, "new", 0), (changed.Id, changed.Answer, changed.Wrong));
        Assert.Null(changed.ExpiresAt);
        Assert.Equal(EntryStatus.Unknown, (await Entries.CurateAsync(id, "newer", CacheScope.Shared, Token)).Status);
    }

    [Fact]
    public async Task Curate_OfAnEditedAnswer_KeepsItsSources()
    {
        var stored = await _fixture.Cache.GetOrCreateAsync(
            "question",
            static (context, _) =>
            {
                context.SourceVersions["page"] = "v1";
                return Task.FromResult(CacheFixture.Answer("old"));
            },
            Token);

        await Entries.CurateAsync(stored.EntryId!, "new", CacheScope.Shared, Token);

        var served = await _fixture.Cache.LookupAsync("question", Token);
        Assert.Equal(("new", "v1"), (served.Response?.Text, served.SourceVersions["page"]));
        Assert.Equal(1, await _fixture.Cache.CountWhereAsync(new EntryFilter { Scope = CacheScope.Shared, SourceId = "page" }, Token));
    }

    [Fact]
    public async Task Curate_StoreHangs_EndsAndLetsReportsThrough()
    {
        var id = (await _fixture.Cache.StoreAsync("question", CacheFixture.Answer("old"), Token))!;
        var hangs = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _fixture.Store.Before = (operation, _) =>
        {
            if (operation != nameof(IVectorStore.UpsertAsync))
            {
                return Task.CompletedTask;
            }

            entered.SetResult();
            return hangs.Task;
        };
        var curating = Entries.CurateAsync(id, "new", CacheScope.Shared, Token).AsTask();
        await entered.Task;
        var reporting = _fixture.Cache.ReportAsync(id, "question", correct: true, CacheScope.Shared, Token).AsTask();

        _fixture.Time.Advance(TimeSpan.FromSeconds(11));

        await Assert.ThrowsAsync<TimeoutException>(() => curating);
        Assert.Equal(EntryStatus.Done, await reporting);
        hangs.SetResult();
    }

    [Fact]
    public async Task Curate_WhileAllIsRemoved_StoresNothing()
    {
        var id = (await _fixture.Cache.StoreAsync("question", CacheFixture.Answer("old"), Token))!;
        _fixture.Store.Before = async (operation, token) =>
        {
            if (operation == nameof(IVectorStore.UpsertAsync))
            {
                await _fixture.Cache.RemoveWhereAsync(Shared, token);
            }
        };

        var curation = await Entries.CurateAsync(id, "new", CacheScope.Shared, Token);

        Assert.Equal(EntryStatus.Unknown, curation.Status);
        Assert.Empty((await Entries.ListAsync(Shared, isCurated: null, after: null, limit: 10, Token)).Entries);
    }
}
