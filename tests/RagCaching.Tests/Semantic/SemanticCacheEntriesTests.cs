using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic;

public sealed class SemanticCacheEntriesTests : IDisposable
{
    private readonly CacheFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetOrCreate_EntriesOfTwoScopes_AreWrittenWithADigestOfTheOneEmbeddingModel()
    {
        await _fixture.AskAsync("What is a cache?");
        await _fixture.AskAsync(new SemanticCacheQuery("What is a cache?") { Scope = CacheScope.For("somebody") });

        var models = _fixture.Store.Written.Select(entry => entry.EmbeddingModel).Distinct().ToArray();

        Assert.Equal(2, _fixture.Store.Written.Count);
        Assert.Matches("^[A-Za-z0-9_-]{16,}$", Assert.Single(models));
    }

    [Fact]
    public async Task Store_AnswerFromElsewhere_IsServedInOtherWords()
    {
        _fixture.SameMeaning("What is a cache?", "Explain caches to me");

        var id = await _fixture.Cache.StoreAsync("What is a cache?", CacheFixture.Answer("A memory."), Token);
        var result = await _fixture.AskAsync("Explain caches to me");

        Assert.NotNull(id);
        Assert.Equal(id, result.EntryId);
        Assert.Equal("A memory.", result.Response!.Text);
    }

    [Theory]
    [InlineData(SemanticCacheMode.ReadOnly)]
    [InlineData(SemanticCacheMode.Bypass)]
    public async Task Store_ModeWithoutWriting_IsRefused(SemanticCacheMode mode)
    {
        var id = await _fixture.Cache.StoreAsync(new SemanticCacheQuery("What is a cache?") { Mode = mode }, CacheFixture.Answer("A memory."), Token);

        Assert.Null(id);
        Assert.Empty(_fixture.Store.Written);
    }

    [Fact]
    public async Task GetOrCreate_ReadOnly_ServesButDoesNotStore()
    {
        await _fixture.AskAsync(new SemanticCacheQuery("new") { Mode = SemanticCacheMode.ReadOnly });
        Assert.Empty(_fixture.Store.Written);

        await _fixture.AskAsync("known", "stored");
        var result = await _fixture.AskAsync(new SemanticCacheQuery("known") { Mode = SemanticCacheMode.ReadOnly });

        Assert.Equal("stored", result.Response!.Text);
    }

    [Fact]
    public async Task GetOrCreate_Refresh_ReplacesTheAnswerAndItsId()
    {
        _fixture.SameMeaning("What is a cache?", "Explain caches to me");
        var old = await _fixture.AskAsync("What is a cache?", "old");

        var refreshed = await _fixture.AskAsync(new SemanticCacheQuery("What is a cache?") { Mode = SemanticCacheMode.Refresh }, "new");
        var exact = await _fixture.AskAsync("What is a cache?");
        var reworded = await _fixture.AskAsync("Explain caches to me");

        Assert.Equal(SemanticCacheReason.Refresh, refreshed.Reason);
        Assert.NotEqual(old.EntryId, refreshed.EntryId);
        Assert.Equal("new", exact.Response!.Text);
        Assert.Equal("new", reworded.Response!.Text);
        Assert.Equal(EntryStatus.Unknown, await _fixture.Cache.RemoveAsync(old.EntryId!, cancellationToken: Token));
    }

    [Fact]
    public async Task Remove_StoredAnswer_IsGone()
    {
        var stored = await _fixture.AskAsync("What is a cache?");

        Assert.Equal(EntryStatus.Done, await _fixture.Cache.RemoveAsync(stored.EntryId!, cancellationToken: Token));
        Assert.Equal(EntryStatus.Unknown, await _fixture.Cache.RemoveAsync(stored.EntryId!, cancellationToken: Token));
        Assert.False((await _fixture.Cache.LookupAsync("What is a cache?", Token)).IsHit);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("..")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!.!!!!!!!!!!!!!!!!!!!!!!.!!!!!!!!!!!!!!!!!!!!!!")]
    public async Task Remove_IdThatIsNoneOfOurs_IsFalse(string id)
    {
        Assert.Equal(EntryStatus.Unknown, await _fixture.Cache.RemoveAsync(id, cancellationToken: Token));
        Assert.Equal(EntryStatus.Unknown, await _fixture.Cache.ReportAsync(id, "question", correct: true, cancellationToken: Token));
    }

    [Fact]
    public async Task RemoveWhere_ByTagSourceModelAndTime_RemovesThoseOnly()
    {
        await StoreAsync("tagged", context => context.Tags.Add("prices"));
        await StoreAsync("sourced", context => context.SourceVersions["doc-1"] = "v1");
        await StoreAsync("modelled", _ => { }, modelId: "gpt-x");
        _fixture.Time.Advance(TimeSpan.FromMinutes(1));
        var later = _fixture.Time.GetUtcNow();
        await StoreAsync("late", _ => { });

        Assert.Equal(1, await RemoveAsync(new EntryFilter { AllScopes = true, Tag = "prices" }));
        Assert.Equal(1, await RemoveAsync(new EntryFilter { AllScopes = true, SourceId = "doc-1" }));
        Assert.Equal(1, await RemoveAsync(new EntryFilter { AllScopes = true, ModelId = "gpt-x" }));
        Assert.Equal(0, await RemoveAsync(new EntryFilter { AllScopes = true, CreatedBefore = later }));
        Assert.Equal(0, await RemoveAsync(new EntryFilter { Scope = CacheScope.For("another") }));
        Assert.True((await _fixture.Cache.LookupAsync("late", Token)).IsHit);
        Assert.Equal(1, await RemoveAsync(new EntryFilter { Scope = CacheScope.Shared }));
    }

    [Fact]
    public async Task RemoveWhere_ScopeNotSpelledOut_Throws()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => RemoveAsync(new EntryFilter()));
        await Assert.ThrowsAsync<ArgumentException>(() => RemoveAsync(new EntryFilter { Scope = CacheScope.Shared, AllScopes = true }));
    }

    [Fact]
    public async Task RemoveWhere_WhileAnAnswerIsGenerated_KeepsItFromBeingStored()
    {
        var result = await _fixture.Cache.GetOrCreateAsync(
            "What is a cache?",
            async (context, _) =>
            {
                context.Tags.Add("prices");
                await RemoveAsync(new EntryFilter { AllScopes = true, Tag = "prices" });
                return CacheFixture.Answer("from before the removal");
            },
            Token);

        Assert.Equal("from before the removal", result.Response!.Text);
        Assert.Null(result.EntryId);
        Assert.False((await _fixture.Cache.LookupAsync("What is a cache?", Token)).IsHit);
    }

    [Fact]
    public async Task RemoveWhere_OfOtherEntriesWhileAnAnswerIsGenerated_LetsItBeStored()
    {
        var result = await _fixture.Cache.GetOrCreateAsync(
            "What is a cache?",
            async (_, _) =>
            {
                await RemoveAsync(new EntryFilter { AllScopes = true, Tag = "prices" });
                return CacheFixture.Answer("an answer");
            },
            Token);

        Assert.NotNull(result.EntryId);
    }

    [Fact]
    public async Task RemoveWhere_CreatedBeforeNowWhileAnAnswerIsGenerated_KeepsItFromBeingStored()
    {
        var result = await _fixture.Cache.GetOrCreateAsync(
            "What is a cache?",
            async (_, _) =>
            {
                _fixture.Time.Advance(TimeSpan.FromSeconds(2));
                await RemoveAsync(new EntryFilter { AllScopes = true, CreatedBefore = _fixture.Time.GetUtcNow() });
                _fixture.Time.Advance(TimeSpan.FromSeconds(2));
                return CacheFixture.Answer("from before the removal");
            },
            Token);

        Assert.Null(result.EntryId);
    }

    [Fact]
    public async Task RemoveWhere_WhileAnAnswerIsWritten_TakesItBack()
    {
        // The removal comes after the answer was checked, and sweeps the store before the answer is in it.
        _fixture.Store.Before = async (operation, _) =>
        {
            if (operation == nameof(IVectorStore.UpsertAsync))
            {
                await RemoveAsync(new EntryFilter { AllScopes = true });
            }
        };

        var result = await _fixture.AskAsync("What is a cache?");

        Assert.Null(result.EntryId);
        Assert.Equal(0, await _fixture.Store.CountAsync(new VectorFilter(), Token));
        Assert.False((await _fixture.Cache.LookupAsync("What is a cache?", Token)).IsHit);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("prices")]
    [InlineData("价格")]
    [InlineData("doc-1/Ω")]
    public async Task RemoveWhere_OneNameForTagSourceAndModel_RemovesTheOneThatIsMeant(string name)
    {
        await StoreAsync("tagged", context => context.Tags.Add(name));
        await StoreAsync("sourced", context => context.SourceVersions[name] = "v1");
        await StoreAsync("modelled", _ => { }, modelId: name);

        Assert.Equal(1, await RemoveAsync(new EntryFilter { AllScopes = true, Tag = name }));
        Assert.False((await _fixture.Cache.LookupAsync("tagged", Token)).IsHit);
        Assert.Equal(1, await RemoveAsync(new EntryFilter { AllScopes = true, SourceId = name }));
        Assert.False((await _fixture.Cache.LookupAsync("sourced", Token)).IsHit);
        Assert.True((await _fixture.Cache.LookupAsync("modelled", Token)).IsHit);
    }

    [Fact]
    public async Task Report_WrongForAReworking_IsNotServedToItAgain()
    {
        _fixture.SameMeaning("Is it safe?", "Is it dangerous?", "Is this safe?");
        var stored = await _fixture.AskAsync("Is it safe?", "yes");
        await _fixture.AskAsync("Is it dangerous?");

        Assert.Equal(EntryStatus.Done, await _fixture.Cache.ReportAsync(stored.EntryId!, "Is it dangerous?", correct: false, cancellationToken: Token));
        var reported = await _fixture.Cache.LookupAsync("Is it dangerous?", Token);
        var other = await _fixture.AskAsync("Is this safe?");

        Assert.Equal(SemanticCacheReason.ReportedWrong, reported.Reason);
        Assert.Equal("yes", other.Response!.Text);
    }

    [Fact]
    public async Task Report_WrongForARewordingWhereTheSearchBringsTheAnswer_IsNotServedToItAgain()
    {
        _fixture.SameMeaning("Is it safe?", "Is it dangerous?");
        using var memory = new InMemoryVectorStore(services: _fixture.Services);
        using var cache = _fixture.NewCache(store: memory);
        var id = await cache.StoreAsync("Is it safe?", CacheFixture.Answer("yes"), Token);
        Assert.True((await cache.LookupAsync("Is it dangerous?", Token)).IsHit);

        Assert.Equal(EntryStatus.Done, await cache.ReportAsync(id!, "Is it dangerous?", correct: false, cancellationToken: Token));

        Assert.Equal(SemanticCacheReason.ReportedWrong, (await cache.LookupAsync("Is it dangerous?", Token)).Reason);
    }

    [Fact]
    public async Task Report_RightAfterWrong_IsServedAgain()
    {
        _fixture.SameMeaning("Is it safe?", "Is this safe?");
        var stored = await _fixture.AskAsync("Is it safe?", "yes");
        await _fixture.Cache.ReportAsync(stored.EntryId!, "Is this safe?", correct: false, cancellationToken: Token);

        await _fixture.Cache.ReportAsync(stored.EntryId!, "Is this safe?", correct: true, cancellationToken: Token);

        Assert.True((await _fixture.Cache.LookupAsync("Is this safe?", Token)).IsHit);
    }

    [Fact]
    public async Task Report_WrongForItsOwnQuestion_RemovesTheAnswer()
    {
        var stored = await _fixture.AskAsync("Is it safe?", "yes");

        Assert.Equal(EntryStatus.Done, await _fixture.Cache.ReportAsync(stored.EntryId!, "Is it safe?", correct: false, cancellationToken: Token));

        Assert.False((await _fixture.Cache.LookupAsync("Is it safe?", Token)).IsHit);
    }

    [Fact]
    public async Task Report_WrongForManyQuestions_RemovesTheAnswer()
    {
        var stored = await _fixture.AskAsync("Is it safe?", "yes");
        for (var i = 0; i < 16; i++)
        {
            await _fixture.Cache.ReportAsync(stored.EntryId!, $"other {i}", correct: false, cancellationToken: Token);
        }

        Assert.True((await _fixture.Cache.LookupAsync("Is it safe?", Token)).IsHit);
        await _fixture.Cache.ReportAsync(stored.EntryId!, "one too many", correct: false, cancellationToken: Token);

        Assert.False((await _fixture.Cache.LookupAsync("Is it safe?", Token)).IsHit);
    }

    [Fact]
    public async Task GetOrCreate_ContextAsksNotToStore_ReturnsButDoesNotStore()
    {
        var result = await _fixture.Cache.GetOrCreateAsync(
            "What is my balance?",
            (context, _) =>
            {
                context.Store = false;
                return Task.FromResult(CacheFixture.Answer("12 euros"));
            },
            Token);

        Assert.Equal("12 euros", result.Response!.Text);
        Assert.Null(result.EntryId);
        Assert.Empty(_fixture.Store.Written);
    }

    [Fact]
    public async Task GetOrCreate_AnswerLargerThanTheLimit_IsReturnedButNotStored()
    {
        using var refusals = _fixture.Counter("ragcaching.cache.refusals");

        var result = await _fixture.AskAsync("What is a cache?", new string('x', _fixture.Options.Limits.MaxAnswerBytes));

        Assert.Equal(_fixture.Options.Limits.MaxAnswerBytes, result.Response!.Text.Length);
        Assert.Null(result.EntryId);
        Assert.Equal("TooLarge", Assert.Single(refusals.GetMeasurementSnapshot()).Tags["ragcaching.cache.refusal.reason"]);
    }

    private async Task<long> RemoveAsync(EntryFilter filter) => await _fixture.Cache.RemoveWhereAsync(filter, Token);

    private async Task StoreAsync(string question, Action<SemanticCacheEntryContext> describe, string? modelId = null)
    {
        await _fixture.Cache.GetOrCreateAsync(
            question,
            (context, _) =>
            {
                describe(context);
                var response = CacheFixture.Answer("an answer");
                response.ModelId = modelId;
                return Task.FromResult(response);
            },
            Token);
    }
}
