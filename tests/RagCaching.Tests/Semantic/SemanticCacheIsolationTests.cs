using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic;

public sealed class SemanticCacheIsolationTests : IDisposable
{
    private readonly CacheFixture _fixture = new(options => options.ShareAcrossCallers = false);

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task GetOrCreate_OtherScope_NeverSeesTheAnswer()
    {
        _fixture.SameMeaning("What is a cache?", "Explain caches to me");
        CacheScope[] scopes =
        [
            CacheScope.Shared, CacheScope.For("a"), CacheScope.For("b"), CacheScope.For("a", "b"), CacheScope.For("ab"), CacheScope.For("a\0b"),
            CacheScope.For("b", "a"), CacheScope.For("a.b"), CacheScope.For("a", "b", "c"), CacheScope.For("*"), CacheScope.For("../a"), CacheScope.For("A"),
        ];

        for (var i = 0; i < scopes.Length; i++)
        {
            foreach (var question in (string[])["What is a cache?", "Explain caches to me"])
            {
                var result = await _fixture.AskAsync(new SemanticCacheQuery(question) { Scope = scopes[i] }, $"answer of scope {i}");

                Assert.Equal($"answer of scope {i}", result.Response!.Text);
            }
        }
    }

    [Fact]
    public async Task GetOrCreate_SameQuestionInManyScopes_EachKeepsItsOwnAnswer()
    {
        CacheScope[] scopes = [CacheScope.Shared, CacheScope.For("a"), CacheScope.For("b"), CacheScope.For("a", "b"), CacheScope.For("ab"), CacheScope.For("租户"), CacheScope.For("A")];
        for (var i = 0; i < scopes.Length; i++)
        {
            await _fixture.AskAsync(new SemanticCacheQuery("What is a cache?") { Scope = scopes[i] }, $"answer of scope {i}");
        }

        for (var i = 0; i < scopes.Length; i++)
        {
            var again = await _fixture.AskAsync(new SemanticCacheQuery("What is a cache?") { Scope = scopes[i] }, "another answer");

            Assert.Equal((SemanticCacheOutcome.ExactHit, $"answer of scope {i}"), (again.Outcome, again.Response!.Text));
        }
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("a", "b")]
    [InlineData(null, "a")]
    public async Task GetOrCreate_OtherPartition_NeverSeesTheAnswer(string? first, string? second)
    {
        await _fixture.AskAsync(new SemanticCacheQuery("What is a cache?") { Scope = CacheScope.Shared, Partition = first }, "first");

        var result = await _fixture.AskAsync(new SemanticCacheQuery("What is a cache?") { Scope = CacheScope.Shared, Partition = second }, "second");

        Assert.Equal("second", result.Response!.Text);
    }

    [Fact]
    public async Task GetOrCreate_OtherEmbeddingModel_NeverSeesTheAnswer()
    {
        var query = new SemanticCacheQuery("What is a cache?") { Scope = CacheScope.Shared };
        await _fixture.AskAsync(query);
        var generator = new TestEmbeddingGenerator { Metadata = new("test", new Uri("http://localhost"), "another-model", 16) };
        var other = _fixture.NewCache(generator);

        var result = await other.LookupAsync(query, TestContext.Current.CancellationToken);

        Assert.False(result.IsHit);
    }

    [Fact]
    public async Task GetOrCreate_UnknownEmbeddingModel_IsSharedWithNoOtherInstance()
    {
        _fixture.Generator.Metadata = null;
        var query = new SemanticCacheQuery("What is a cache?") { Scope = CacheScope.Shared };
        var first = _fixture.NewCache();
        var second = _fixture.NewCache();
        var token = TestContext.Current.CancellationToken;
        await first.GetOrCreateAsync(query, _ => Task.FromResult(CacheFixture.Answer("an answer")), token);

        Assert.True((await first.LookupAsync(query, token)).IsHit);
        Assert.False((await second.LookupAsync(query, token)).IsHit);
        Assert.Contains(_fixture.Logs.GetSnapshot(), record => record.Id.Id == RagCaching.Diagnostics.Log.SemanticModelUnknownId);
    }

    [Fact]
    public async Task GetOrCreate_NoScopeKnown_ThrowsAndNamesBothFixes()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => _fixture.AskAsync("What is a cache?"));

        Assert.Contains(nameof(ICacheScopeProvider), exception.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(SemanticCacheOptions.ShareAcrossCallers), exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("What is a cache?", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetOrCreate_ScopeProvider_KeepsCallersApart()
    {
        var current = "a";
        _fixture.Services.Add<ICacheScopeProvider>(new TestScopeProvider(() => CacheScope.For(current)));
        await _fixture.AskAsync("What is a cache?", "of a");
        current = "b";

        var other = await _fixture.AskAsync("What is a cache?", "of b");
        current = "a";
        var again = await _fixture.AskAsync("What is a cache?", "must not be called");

        Assert.Equal("of b", other.Response!.Text);
        Assert.Equal("of a", again.Response!.Text);
    }

    [Fact]
    public async Task GetOrCreate_ScopeProviderThrows_BypassesAndCounts()
    {
        using var failures = _fixture.Counter("ragcaching.cache.failures");
        _fixture.Services.Add<ICacheScopeProvider>(new TestScopeProvider(() => throw new InvalidCastException("broken")));

        var result = await _fixture.AskAsync("What is a cache?", "fresh");

        Assert.Equal(SemanticCacheOutcome.Bypass, result.Outcome);
        Assert.Equal(SemanticCacheReason.ScopeUnknown, result.Reason);
        Assert.Equal("fresh", result.Response!.Text);
        Assert.Equal(1, Assert.Single(failures.GetMeasurementSnapshot()).Value);
    }

    public static TheoryData<Exception> FailuresOfAProvider =>
    [
        new InvalidCastException("tenant 7"), new TimeZoneNotFoundException("tenant 7"), new ObjectDisposedException("tenant 7"), new KeyNotFoundException("tenant 7"),
        new OperationCanceledException("tenant 7"), new IOException("tenant 7"), new ArgumentException("tenant 7", "claim"),
    ];

    [Theory]
    [MemberData(nameof(FailuresOfAProvider), DisableDiscoveryEnumeration = true)]
    public async Task GetOrCreate_ScopeProviderThrows_IsLoggedWithItsTypeAndNotItsMessage(Exception failure)
    {
        _fixture.Services.Add<ICacheScopeProvider>(new TestScopeProvider(() => throw failure));

        await _fixture.AskAsync("What is a cache?");

        var warning = Assert.Single(_fixture.Logs.GetSnapshot(), record => record.Id.Id == RagCaching.Diagnostics.Log.ScopeProviderFailedId);
        Assert.Equal(Microsoft.Extensions.Logging.LogLevel.Warning, warning.Level);
        Assert.Contains(failure.GetType().Name, warning.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("tenant 7", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remove_EntryOfAnotherScope_SaysSoAndLeavesIt()
    {
        var token = TestContext.Current.CancellationToken;
        var query = new SemanticCacheQuery("What is a cache?") { Scope = CacheScope.For("a") };
        var stored = await _fixture.AskAsync(query);

        var removed = await _fixture.Cache.RemoveAsync(stored.EntryId!, CacheScope.For("b"), token);
        var reported = await _fixture.Cache.ReportAsync(stored.EntryId!, query.Question, correct: false, CacheScope.For("b"), token);

        Assert.Equal((EntryStatus.OtherScope, EntryStatus.OtherScope), (removed, reported));
        Assert.True((await _fixture.Cache.LookupAsync(query, token)).IsHit);
    }

    [Fact]
    public async Task Lookup_EntryThatTheStoreMixedUpWithAnotherScope_IsNotServed()
    {
        var query = new SemanticCacheQuery("What is a cache?") { Scope = CacheScope.For("a") };
        await _fixture.AskAsync(query);
        _fixture.Store.OnGet = entry => new VectorEntry
        {
            Partition = entry.Partition,
            Id = entry.Id,
            Vector = entry.Vector,
            Metadata = entry.Metadata,
            Payload = entry.Payload,
            Labels = ["the label of another scope"],
            CreatedAt = entry.CreatedAt,
            ExpiresAt = entry.ExpiresAt,
        };

        var result = await _fixture.Cache.LookupAsync(query, TestContext.Current.CancellationToken);

        Assert.False(result.IsHit);
    }
}
