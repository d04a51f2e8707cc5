using Microsoft.Extensions.AI;
using RagCaching.Tests.Journals;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.Storing;

/// <summary>Forgetting a user: everything that the user has caused goes, everywhere, and nothing else.</summary>
public sealed class ForgetTests : IAsyncLifetime
{
    private static readonly CacheScope Shared = CacheScope.For("tenant");
    private static readonly CacheScope Other = CacheScope.For("another tenant");

    private readonly CacheFixture _fixture = new();
    private readonly JournalFixture _journal;

    public ForgetTests() => _journal = new JournalFixture(_fixture.Time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        await _journal.DisposeAsync();
        _fixture.Dispose();
    }

    private static SemanticCacheQuery Query(string question, string? user, CacheScope? scope = null) => new(question) { Scope = scope ?? Shared, CreatedBy = user, Tags = ["faq"] };

    private static async Task StoreAsync(SemanticCache cache, string question, string? user, CacheScope? scope = null) =>
        Assert.NotNull((await cache.GetOrCreateAsync(Query(question, user, scope), _ => Task.FromResult(CacheFixture.Answer("an answer")), Token)).EntryId);

    private static async Task<bool> HasAsync(SemanticCache cache, string question, CacheScope? scope = null) => (await cache.LookupAsync(Query(question, user: null, scope), Token)).Outcome == SemanticCacheOutcome.ExactHit;

    [Fact]
    public async Task Forget_AUser_RemovesWhatTheUserCausedOnAllInstances()
    {
        var (firstStore, _) = await _journal.StartAsync(new JournaledVectorStoreOptions { ShareGeneration = false });
        var (secondStore, _) = await _journal.StartAsync(new JournaledVectorStoreOptions { ShareGeneration = false });
        var (first, second) = (_fixture.NewCache(store: firstStore), _fixture.NewCache(store: secondStore));
        await StoreAsync(first, "of anna", "anna");
        await StoreAsync(second, "of anna in the other scope", "anna", Other);
        await StoreAsync(first, "of bert", "bert");
        await StoreAsync(second, "of nobody", user: null);
        await _journal.FlushAsync(firstStore);
        await _journal.FlushAsync(secondStore);
        await _journal.CaughtUpAsync(firstStore);
        await _journal.CaughtUpAsync(secondStore);
        Assert.True(await HasAsync(second, "of anna"));

        var forgetting = first.ForgetAsync("anna", cancellationToken: Token).AsTask();
        await _journal.EventuallyAsync(() => forgetting.IsCompleted, "The removal");
        await _journal.CaughtUpAsync(secondStore);

        Assert.Equal(2, await forgetting);
        foreach (var cache in new[] { first, second })
        {
            Assert.False(await HasAsync(cache, "of anna"));
            Assert.False(await HasAsync(cache, "of anna in the other scope", Other));
            Assert.True(await HasAsync(cache, "of bert"));
            Assert.True(await HasAsync(cache, "of nobody"));
        }

        Assert.Equal(2, _journal.Place.Entries.Count);
    }

    [Fact]
    public async Task Forget_AUserInOneScope_LeavesTheOtherScopes()
    {
        await StoreAsync(_fixture.Cache, "here", "anna");
        await StoreAsync(_fixture.Cache, "there", "anna", Other);

        Assert.Equal(1, await _fixture.Cache.ForgetAsync("anna", Shared, Token));
        Assert.False(await HasAsync(_fixture.Cache, "here"));
        Assert.True(await HasAsync(_fixture.Cache, "there", Other));
    }

    [Fact]
    public async Task RemoveWhere_ByUserTagAndScope_SelectsWhatHasAllOfThem()
    {
        await StoreAsync(_fixture.Cache, "of anna", "anna");
        await StoreAsync(_fixture.Cache, "of bert", "bert");

        Assert.Equal(0, await _fixture.Cache.RemoveWhereAsync(new EntryFilter { Scope = Shared, Tag = "another tag", CreatedBy = "anna" }, Token));
        Assert.Equal(1, await _fixture.Cache.RemoveWhereAsync(new EntryFilter { Scope = Shared, Tag = "faq", CreatedBy = "anna" }, Token));
        Assert.True(await HasAsync(_fixture.Cache, "of bert"));
    }

    [Fact]
    public async Task Forget_WhileAnAnswerIsGenerated_ItIsNotStored()
    {
        var result = await _fixture.Cache.GetOrCreateAsync(
            Query("question", "anna"),
            async (_, _) =>
            {
                await _fixture.Cache.ForgetAsync("anna", cancellationToken: Token);
                return CacheFixture.Answer("an answer");
            },
            Token);

        Assert.Equal(("an answer", null), (result.Response!.Text, result.EntryId));
        Assert.False(await HasAsync(_fixture.Cache, "question"));
    }

    [Fact]
    public async Task GetOrCreate_FactoryNamesTheUser_IsFoundByThat()
    {
        await _fixture.Cache.GetOrCreateAsync(
            Query("question", "anna"),
            (context, _) =>
            {
                Assert.Equal("anna", context.CreatedBy);
                context.CreatedBy = "bert";
                return Task.FromResult(CacheFixture.Answer("an answer"));
            },
            Token);

        Assert.Equal(0, await _fixture.Cache.ForgetAsync("anna", cancellationToken: Token));
        Assert.Equal(1, await _fixture.Cache.ForgetAsync("bert", cancellationToken: Token));
    }

    [Fact]
    public async Task UseSemanticCache_RequestNamesTheUser_IsFoundByThat()
    {
        using var client = new TestChatClient().AsBuilder().UseSemanticCache(_fixture.Cache).Build();
        await client.GetResponseAsync("a question", new ChatOptions().WithSemanticCache(controls => controls.CreatedBy = "anna"), Token);

        Assert.Equal(1, await _fixture.Cache.ForgetAsync("anna", cancellationToken: Token));
    }

    [Fact]
    public async Task Forget_OfNobody_IsRefused()
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await _fixture.Cache.ForgetAsync("", cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentNullException>("manager", async () => await SemanticCacheExtensions.ForgetAsync(null!, "anna", cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _fixture.Cache.LookupAsync(Query("question", user: ""), Token));
    }
}
