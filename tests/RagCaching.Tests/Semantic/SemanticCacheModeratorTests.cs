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
    public async Task GetOrCreateAsync_ModeratorThrows_IsACountedMissAndTheAnswerStays()
    {
        await _fixture.Cache.StoreAsync(Query(true), CacheFixture.Answer("an old answer"), Token);
        using var failures = _fixture.Counter("ragcaching.cache.failures");
        using var requests = _fixture.Counter("ragcaching.cache.requests");
        var query = new SemanticCacheQuery("What is a cache?") { Mode = SemanticCacheMode.ReadOnly, Moderator = (_, _) => throw new InvalidOperationException("an old answer") };

        var result = await _fixture.Cache.GetOrCreateAsync(query, (_, _) => Task.FromResult(CacheFixture.Answer("a new answer")), Token);

        Assert.Equal(("a new answer", SemanticCacheReason.Moderator), (result.Response!.Text, result.Reason));
        Assert.Equal(("review", typeof(InvalidOperationException).FullName), Assert.Single(failures.GetMeasurementSnapshot()).Tags is var tags ? ((string)tags["ragcaching.operation"]!, (string)tags["error.type"]!) : default);
        Assert.DoesNotContain(requests.GetMeasurementSnapshot(), request => Equals(request.Tags["ragcaching.cache.request.result"], "hit"));
        Assert.Equal("an old answer", (await _fixture.Cache.LookupAsync(Query(true), Token)).Response!.Text);
    }

    [Fact]
    public async Task LookupAsync_ModeratorOfTheHost_IsAskedWhateverTheQuerySays()
    {
        var moderator = new HostModerator();
        var services = new TestServices().Add<IEnumerable<IAnswerModerator>>([moderator]).Add<IEnumerable<IMatchGuard>>([new TestGuard((_, _) => true)]);
        _fixture.SameMeaning("How do I reset it?", "How can I reset it?");
        var cache = new SemanticCache(_fixture.Generator, _fixture.Store, _fixture.Options, services);
        await cache.StoreAsync("How do I reset it?", CacheFixture.Answer("an answer"), Token);

        var exact = await cache.LookupAsync("How do I reset it?", Token);
        var reworded = await cache.LookupAsync("How can I reset it?", Token);
        moderator.Fault = new InvalidOperationException();
        var failed = await cache.LookupAsync("How do I reset it?", Token);
        moderator.Fault = null;
        var own = await cache.LookupAsync(new SemanticCacheQuery("How do I reset it?") { Moderator = (_, _) => ValueTask.FromResult(true) }, Token);
        moderator.Allows = false;
        var refused = await cache.LookupAsync("How do I reset it?", Token);
        var gone = await cache.LookupAsync("How do I reset it?", Token);

        Assert.Equal((SemanticCacheOutcome.ExactHit, SemanticCacheOutcome.SemanticHit, SemanticCacheOutcome.ExactHit), (exact.Outcome, reworded.Outcome, own.Outcome));
        Assert.Equal((SemanticCacheReason.Moderator, SemanticCacheReason.Moderator, SemanticCacheReason.NoCandidates), (failed.Reason, refused.Reason, gone.Reason));
        Assert.All(moderator.Seen, text => Assert.Equal("an answer", text));
        Assert.Equal(3, cache.GetStatistics().Outcomes.Where(outcome => outcome.Key is SemanticCacheOutcome.ExactHit or SemanticCacheOutcome.SemanticHit).Sum(outcome => outcome.Value));
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

    private sealed class HostModerator : IAnswerModerator
    {
        public bool Allows { get; set; } = true;

        public Exception? Fault { get; set; }

        public List<string> Seen { get; } = [];

        public ValueTask<bool> MayServeAsync(Microsoft.Extensions.AI.ChatResponse answer, CancellationToken cancellationToken = default)
        {
            Seen.Add(answer.Text);
            return Fault is { } fault ? throw fault : ValueTask.FromResult(Allows);
        }
    }
}
