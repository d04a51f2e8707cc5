using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic;

public sealed class SemanticCacheLookupTests : IDisposable
{
    private readonly CacheFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task GetOrCreate_NewQuestion_CallsTheFactoryAndStores()
    {
        var result = await _fixture.AskAsync("What is a cache?", "A memory.");

        Assert.Equal(SemanticCacheOutcome.Miss, result.Outcome);
        Assert.Equal(SemanticCacheReason.NoCandidates, result.Reason);
        Assert.Equal("A memory.", result.Response!.Text);
        Assert.NotNull(result.EntryId);
        Assert.False(result.IsHit);
    }

    [Fact]
    public async Task GetOrCreate_SameQuestionAgain_IsAnExactHitWithoutEmbedding()
    {
        var first = await _fixture.AskAsync("What is a cache?", "A memory.");
        var embeddings = _fixture.Generator.Calls;
        _fixture.Time.Advance(TimeSpan.FromMinutes(3));

        var second = await _fixture.AskAsync("What is a cache?", "must not be called");

        Assert.Equal(SemanticCacheOutcome.ExactHit, second.Outcome);
        Assert.Equal("A memory.", second.Response!.Text);
        Assert.Equal(first.EntryId, second.EntryId);
        Assert.Equal(1, second.Similarity);
        Assert.Equal("What is a cache?", second.MatchedQuestion);
        Assert.Equal(TimeSpan.FromMinutes(3), second.Age);
        Assert.Equal(embeddings, _fixture.Generator.Calls);
    }

    [Fact]
    public async Task GetOrCreate_OtherWords_IsASemanticHit()
    {
        _fixture.SameMeaning("What is a cache?", "Explain caches to me");
        await _fixture.AskAsync("What is a cache?", "A memory.");

        var result = await _fixture.AskAsync("Explain caches to me", "must not be called");

        Assert.Equal(SemanticCacheOutcome.SemanticHit, result.Outcome);
        Assert.Equal(SemanticCacheReason.None, result.Reason);
        Assert.Equal("A memory.", result.Response!.Text);
        Assert.Equal("What is a cache?", result.MatchedQuestion);
        Assert.InRange(result.Similarity!.Value, 0.99f, 1);
        Assert.True(result.IsHit);
    }

    [Fact]
    public async Task GetOrCreate_OtherWordsAgain_NeedsNoEmbeddingAndKeepsItsSimilarity()
    {
        _fixture.SameMeaning("What is a cache?", "Explain caches to me");
        await _fixture.AskAsync("What is a cache?");
        var first = await _fixture.AskAsync("Explain caches to me");
        var embeddings = _fixture.Generator.Calls;

        var second = await _fixture.AskAsync("Explain caches to me");

        Assert.Equal(SemanticCacheOutcome.SemanticHit, second.Outcome);
        Assert.Equal(first.Similarity, second.Similarity);
        Assert.Equal(embeddings, _fixture.Generator.Calls);
    }

    [Fact]
    public async Task GetOrCreate_AliasBelowARaisedFloor_IsNotServed()
    {
        _fixture.SameMeaning("What is a cache?", "Explain caches to me");
        await _fixture.AskAsync("What is a cache?");
        await _fixture.AskAsync("Explain caches to me");

        var result = await _fixture.AskAsync(new SemanticCacheQuery("Explain caches to me") { MinimumSimilarity = 1 }, "fresh");

        Assert.Equal(SemanticCacheOutcome.Miss, result.Outcome);
        Assert.Equal("fresh", result.Response!.Text);
    }

    [Fact]
    public async Task GetOrCreate_AliasWhoseEntryWasReplaced_IsNotServedFromTheOldOne()
    {
        _fixture.SameMeaning("What is a cache?", "Explain caches to me");
        await _fixture.AskAsync("What is a cache?", "old");
        await _fixture.AskAsync("Explain caches to me");
        await _fixture.AskAsync(new SemanticCacheQuery("What is a cache?") { Mode = SemanticCacheMode.Refresh }, "new");

        var result = await _fixture.AskAsync("Explain caches to me");

        Assert.Equal("new", result.Response!.Text);
    }

    [Fact]
    public async Task GetOrCreate_JustBelowTheFloor_MissesAndSaysHowNearItWas()
    {
        _fixture.NearMeaning("What is a hash?", "What is a cache?", 0.4f);
        await _fixture.AskAsync("What is a cache?");

        var result = await _fixture.AskAsync("What is a hash?");

        Assert.Equal(SemanticCacheOutcome.Miss, result.Outcome);
        Assert.Equal(SemanticCacheReason.BelowThreshold, result.Reason);
        Assert.InRange(result.Similarity!.Value, 0.9f, 0.95f);
    }

    [Theory]
    [InlineData(0.05f, 1, false)]
    [InlineData(2f, 2, true)]
    public async Task GetOrCreate_NothingNear_SaysHowNearTheNearestWasWhereThatIsWanted(float margin, int searches, bool isTold)
    {
        using var fixture = new CacheFixture(options => options.Shadow.NearMissMargin = margin);
        await fixture.AskAsync("What is a cache?");
        fixture.Store.Operations.Clear();

        var result = await fixture.Cache.LookupAsync("Where is Oslo?", TestContext.Current.CancellationToken);

        Assert.Equal(SemanticCacheOutcome.Miss, result.Outcome);
        Assert.Equal(isTold ? SemanticCacheReason.BelowThreshold : SemanticCacheReason.NoCandidates, result.Reason);
        Assert.Equal(isTold, result.Similarity is >= -1 and < 0.9f);
        Assert.Equal(searches, fixture.Store.Operations.Count(operation => operation == nameof(IVectorStore.SearchAsync)));
    }

    [Fact]
    public async Task GetOrCreate_NoMargin_SaysNothingOfWhatIsJustBelow()
    {
        using var fixture = new CacheFixture(options => options.Shadow.NearMissMargin = 0);
        fixture.NearMeaning("What is a hash?", "What is a cache?", 0.4f);
        await fixture.AskAsync("What is a cache?");

        var result = await fixture.AskAsync("What is a hash?");

        Assert.Equal(SemanticCacheReason.NoCandidates, result.Reason);
        Assert.Null(result.Similarity);
    }

    [Fact]
    public async Task GetOrCreate_MinimumSimilarityOfTheQuery_RaisesTheFloorButNeverLowersIt()
    {
        _fixture.NearMeaning("What is a hash?", "What is a cache?", 0.4f);
        _fixture.SameMeaning("Where is Oslo?", "In which country is Oslo?");
        await _fixture.AskAsync("What is a cache?");
        await _fixture.AskAsync("Where is Oslo?");

        var lowered = await _fixture.AskAsync(new SemanticCacheQuery("What is a hash?") { MinimumSimilarity = 0.5f });
        var raised = await _fixture.AskAsync(new SemanticCacheQuery("In which country is Oslo?") { MinimumSimilarity = 1 });

        Assert.Equal(SemanticCacheOutcome.Miss, lowered.Outcome);
        Assert.Equal(SemanticCacheReason.BelowThreshold, raised.Reason);
    }

    [Fact]
    public async Task Lookup_Miss_StoresNothingAndHasNoResponse()
    {
        var result = await _fixture.Cache.LookupAsync("What is a cache?", TestContext.Current.CancellationToken);

        Assert.Equal(SemanticCacheOutcome.Miss, result.Outcome);
        Assert.Null(result.Response);
        Assert.Empty(_fixture.Store.Written);
    }

    [Fact]
    public async Task GetOrCreate_AfterTheTimeToLive_AsksAgain()
    {
        await _fixture.AskAsync("What is a cache?", "old");
        _fixture.Time.Advance(_fixture.Options.TimeToLive);

        var result = await _fixture.AskAsync("What is a cache?", "new");

        Assert.Equal(SemanticCacheOutcome.Miss, result.Outcome);
        Assert.Equal("new", result.Response!.Text);
    }

    [Fact]
    public async Task GetOrCreate_TimeToLiveOfTheQueryOrTheFactory_IsUsed()
    {
        var token = TestContext.Current.CancellationToken;
        await _fixture.AskAsync(new SemanticCacheQuery("short") { TimeToLive = TimeSpan.FromMinutes(1) });
        await _fixture.Cache.GetOrCreateAsync(
            new SemanticCacheQuery("shorter") { TimeToLive = TimeSpan.FromHours(1) },
            (context, _) =>
            {
                context.TimeToLive = TimeSpan.FromSeconds(10);
                return Task.FromResult(CacheFixture.Answer("an answer"));
            },
            token);

        _fixture.Time.Advance(TimeSpan.FromSeconds(10));
        var shorter = await _fixture.Cache.LookupAsync("shorter", token);
        var @short = await _fixture.Cache.LookupAsync("short", token);
        _fixture.Time.Advance(TimeSpan.FromSeconds(50));
        var expired = await _fixture.Cache.LookupAsync("short", token);

        Assert.False(shorter.IsHit);
        Assert.True(@short.IsHit);
        Assert.False(expired.IsHit);
    }

    [Fact]
    public async Task GetOrCreate_ExactOnly_NeitherEmbedsNorMatchesByMeaning()
    {
        _fixture.SameMeaning("What is a cache?", "Explain caches to me");
        await _fixture.AskAsync("What is a cache?");
        var embeddings = _fixture.Generator.Calls;

        var other = await _fixture.AskAsync(new SemanticCacheQuery("Explain caches to me") { ExactOnly = true }, "fresh");
        var same = await _fixture.AskAsync(new SemanticCacheQuery("Explain caches to me") { ExactOnly = true });

        Assert.Equal("fresh", other.Response!.Text);
        Assert.Equal(SemanticCacheOutcome.ExactHit, same.Outcome);
        Assert.Equal(embeddings, _fixture.Generator.Calls);
    }

    [Fact]
    public async Task GetOrCreate_HitIsTheCallersOwn_ChangingItDoesNotChangeTheCache()
    {
        await _fixture.AskAsync("What is a cache?", "A memory.");
        var first = await _fixture.AskAsync("What is a cache?");
        first.Response!.Messages[0].Contents.Clear();

        var second = await _fixture.AskAsync("What is a cache?");

        Assert.Equal("A memory.", second.Response!.Text);
    }

    [Fact]
    public async Task GetOrCreateText_TextFactory_RoundTrips()
    {
        var token = TestContext.Current.CancellationToken;

        var first = await _fixture.Cache.GetOrCreateTextAsync("What is a cache?", _ => Task.FromResult("A memory."), token);
        var second = await _fixture.Cache.GetOrCreateTextAsync("What is a cache?", _ => Task.FromResult("must not be called"), token);

        Assert.Equal("A memory.", first);
        Assert.Equal("A memory.", second);
    }

    [Theory]
    [InlineData("caf\u00e9", "cafe\u0301")]
    [InlineData("x", "x\0")]
    [InlineData("x", "x\n")]
    [InlineData("x", "X")]
    [InlineData("x", "\u200fx")]
    public async Task Lookup_TextsThatLookAlike_AreDifferentKeys(string stored, string asked)
    {
        await _fixture.AskAsync(new SemanticCacheQuery(stored) { ExactOnly = true });

        var result = await _fixture.Cache.LookupAsync(new SemanticCacheQuery(asked) { ExactOnly = true }, TestContext.Current.CancellationToken);

        Assert.False(result.IsHit);
    }

    [Fact]
    public async Task Lookup_UnpairedSurrogates_AreDifferentKeys()
    {
        // Not test data of a theory: attributes are stored as UTF-8, which makes both texts one.
        await _fixture.AskAsync(new SemanticCacheQuery("\ud800x") { ExactOnly = true });

        var result = await _fixture.Cache.LookupAsync(new SemanticCacheQuery("\udbffx") { ExactOnly = true }, TestContext.Current.CancellationToken);

        Assert.False(result.IsHit);
    }

    [Fact]
    public async Task Lookup_NoBudget_GetsOnceAndSearchesOnce()
    {
        await _fixture.AskAsync("stored");
        _fixture.Store.Operations.Clear();
        var calls = _fixture.Generator.Calls;

        await _fixture.Cache.LookupAsync("another question", TestContext.Current.CancellationToken);

        Assert.Equal([nameof(IVectorStore.GetAsync), nameof(IVectorStore.SearchAsync)], _fixture.Store.Operations);
        Assert.Equal(calls + 1, _fixture.Generator.Calls);
    }
}
