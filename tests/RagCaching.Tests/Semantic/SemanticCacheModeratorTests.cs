using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic;

/// <summary>The moderator of a query, which every front door may set.</summary>
public sealed class SemanticCacheModeratorTests : IDisposable
{
    private readonly CacheFixture _fixture = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task LookupAsync_ModeratorAllows_IsAHit()
    {
        await _fixture.Cache.StoreAsync(Query(true), CacheFixture.Answer("an answer"), Token);

        Assert.Equal(SemanticCacheOutcome.ExactHit, (await _fixture.Cache.LookupAsync(Query(true), Token)).Outcome);
    }

    [Fact]
    public async Task LookupAsync_ModeratorRefuses_IsAMissAndTheAnswerGoes()
    {
        await _fixture.Cache.StoreAsync(Query(true), CacheFixture.Answer("an answer"), Token);

        var refused = await _fixture.Cache.LookupAsync(Query(false), Token);

        Assert.Equal((SemanticCacheOutcome.Miss, SemanticCacheReason.Moderator), (refused.Outcome, refused.Reason));
        Assert.Equal(SemanticCacheReason.NoCandidates, (await _fixture.Cache.LookupAsync(Query(true), Token)).Reason);
    }

    [Fact]
    public async Task GetOrCreateAsync_CallerThatMayNotSeeAStoredAnswer_GeneratesItsOwnOnce()
    {
        await _fixture.Cache.StoreAsync(Query(true), CacheFixture.Answer("an old answer"), Token);
        var calls = 0;

        var result = await _fixture.Cache.GetOrCreateAsync(Query(false), (_, _) => Task.FromResult(CacheFixture.Answer($"answer {++calls}")), Token);

        Assert.Equal(("answer 1", 1), (result.Response!.Text, calls));
        Assert.Equal("answer 1", (await _fixture.Cache.LookupAsync(Query(true), Token)).Response!.Text);
    }

    [Fact]
    public async Task GetOrCreateAsync_BypassWithAReason_IsReportedWithIt()
    {
        var query = new SemanticCacheQuery("a question") { Mode = SemanticCacheMode.Bypass, BypassReason = SemanticCacheReason.Tools };

        var result = await _fixture.Cache.GetOrCreateAsync(query, (_, _) => Task.FromResult(CacheFixture.Answer("an answer")), Token);

        Assert.Equal((SemanticCacheOutcome.Bypass, SemanticCacheReason.Tools), (result.Outcome, result.Reason));
        Assert.Equal(1, _fixture.Cache.GetStatistics().Reasons[SemanticCacheReason.Tools]);
    }

    [Theory]
    [InlineData(SemanticCacheReason.None)]
    [InlineData((SemanticCacheReason)999)]
    public async Task LookupAsync_BypassReasonThatIsNone_IsRefused(SemanticCacheReason reason) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await _fixture.Cache.LookupAsync(new SemanticCacheQuery("a question") { BypassReason = reason }, Token));

    private static SemanticCacheQuery Query(bool isAllowed) => new("What is a cache?") { Moderator = (_, _) => ValueTask.FromResult(isAllowed) };
}
