using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.Transfers;

/// <summary>What a person wrote or approved stays, and goes before everything else.</summary>
public sealed class CuratedAnswerTests : IDisposable
{
    private readonly CacheFixture _fixture = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Curated_AfterYears_IsServed()
    {
        await CurateAsync("What?", "That.");

        _fixture.Time.Advance(TimeSpan.FromDays(7_300));

        Assert.Equal("That.", await AskAsync("What?", "This."));
    }

    [Fact]
    public async Task Curated_LessNearThanAnother_IsServedBeforeIt()
    {
        _fixture.SameMeaning("What is a cache?", "What does cache mean?");
        _fixture.NearMeaning("Explain caches", "What is a cache?", 0.1f);
        await _fixture.Cache.StoreAsync("What is a cache?", CacheFixture.Answer("Generated."), Token);
        await CurateAsync("Explain caches", "Curated.");

        var found = await _fixture.Cache.LookupAsync("What does cache mean?", Token);

        Assert.Equal((SemanticCacheOutcome.SemanticHit, "Curated."), (found.Outcome, found.Response?.Text));
    }

    [Fact]
    public async Task Curated_TooFar_IsNotServedBeforeOthers()
    {
        _fixture.SameMeaning("What is a cache?", "What does cache mean?");
        _fixture.NearMeaning("What is cash?", "What is a cache?", 0.6f);
        await _fixture.Cache.StoreAsync("What is a cache?", CacheFixture.Answer("Generated."), Token);
        await CurateAsync("What is cash?", "Money.");

        Assert.Equal("Generated.", (await _fixture.Cache.LookupAsync("What does cache mean?", Token)).Response?.Text);
    }

    [Fact]
    public async Task Curated_AskedForAnew_StaysAndTheNewAnswerIsReturned()
    {
        await CurateAsync("What?", "Curated.");

        var fresh = await _fixture.Cache.GetOrCreateAsync(
            new SemanticCacheQuery("What?") { Mode = SemanticCacheMode.Refresh }, static (_, _) => Task.FromResult(CacheFixture.Answer("Generated.")), Token);

        Assert.Equal("Generated.", fresh.Response?.Text);
        Assert.Null(await _fixture.Cache.StoreAsync("What?", CacheFixture.Answer("Stored."), Token));
        Assert.Equal("Curated.", (await _fixture.Cache.LookupAsync("What?", Token)).Response?.Text);
    }

    [Fact]
    public async Task Curated_TooOldForACaller_StaysForAllOthers()
    {
        await CurateAsync("What?", "Curated.");
        _fixture.Time.Advance(TimeSpan.FromHours(1));

        var fresh = await _fixture.Cache.GetOrCreateAsync(
            new SemanticCacheQuery("What?") { MaxAge = TimeSpan.FromMinutes(1) }, static (_, _) => Task.FromResult(CacheFixture.Answer("Generated.")), Token);

        Assert.Equal(("Generated.", SemanticCacheReason.TooOld), (fresh.Response?.Text, fresh.Reason));
        Assert.Equal("Curated.", (await _fixture.Cache.LookupAsync("What?", Token)).Response?.Text);
    }

    [Fact]
    public async Task Curated_WhileAnAnswerIsBeingGenerated_Stays()
    {
        var fresh = await _fixture.Cache.GetOrCreateAsync(
            "What?",
            async (_, _) =>
            {
                await CurateAsync("What?", "Curated.");
                return CacheFixture.Answer("Generated.");
            },
            Token);

        Assert.Equal("Generated.", fresh.Response?.Text);
        Assert.Equal("Curated.", (await _fixture.Cache.LookupAsync("What?", Token)).Response?.Text);
    }

    [Fact]
    public async Task Curated_CannotBeLookedAt_IsNotWrittenOver()
    {
        await CurateAsync("What?", "Curated.");
        _fixture.Store.Before = static (operation, _) => operation == nameof(IVectorStore.GetAsync) ? throw new IOException() : Task.CompletedTask;
        Assert.Equal("Generated.", await AskAsync("What?", "Generated."));
        _fixture.Store.Before = null;

        Assert.Equal("Curated.", (await _fixture.Cache.LookupAsync("What?", Token)).Response?.Text);
    }

    [Fact]
    public async Task Curated_CuratedAgain_IsReplaced()
    {
        await CurateAsync("What?", "Old.");
        await CurateAsync("What?", "New.");

        Assert.Equal("New.", (await _fixture.Cache.LookupAsync("What?", Token)).Response?.Text);
    }

    [Fact]
    public async Task Curated_InAStoreThatIsFull_IsNotEvicted()
    {
        using var store = new InMemoryVectorStore(new InMemoryVectorStoreOptions { MaxEntries = 10 }, services: _fixture.Services);
        await using var cache = _fixture.NewCache(store: store);
        await cache.StoreAsync(new SemanticCacheQuery("What?") { IsCurated = true }, CacheFixture.Answer("Curated."), Token);

        for (var i = 0; i < 50; i++)
        {
            await cache.StoreAsync($"Question {i}?", CacheFixture.Answer("Generated."), Token);
        }

        Assert.Equal("Curated.", (await cache.LookupAsync("What?", Token)).Response?.Text);
        Assert.Equal(10, await store.CountAsync(new VectorFilter(), Token));
    }

    [Fact]
    public async Task Upsert_IntoAStoreFullOfPermanentEntries_SaysSo()
    {
        using var store = new InMemoryVectorStore(new InMemoryVectorStoreOptions { MaxEntries = 2 });
        await store.UpsertAsync(Permanent("a"), Token);
        await store.UpsertAsync(Permanent("b"), Token);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(async () => await store.UpsertAsync(Permanent("c"), Token));

        Assert.Contains("MaxEntries", exception.Message, StringComparison.Ordinal);
        await store.UpsertAsync(Permanent("a"), Token);
        await store.RemoveAsync("partition", "b", Token);
        await store.UpsertAsync(Permanent("c"), Token);
        Assert.Equal(2, await store.CountAsync(new VectorFilter(), Token));
    }

    [Fact]
    public async Task Curated_AmongEntriesOfAnOwnerWithMuch_IsPassedOver()
    {
        using var store = new InMemoryVectorStore(new InMemoryVectorStoreOptions { MaxEntries = 4 });
        for (var i = 0; i < 4; i++)
        {
            await store.UpsertAsync(Permanent($"{i}", "owner"), Token);
        }

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await store.UpsertAsync(Permanent("4", "owner"), Token));
    }

    [Fact]
    public async Task Import_OfAnswers_EmbedsManyAtOnceAndReportsTheRest()
    {
        await using var embedder = new CachedEmbedder(_fixture.Generator, services: _fixture.Services);
        await using var cache = new SemanticCache(embedder, _fixture.Store, _fixture.Options, _fixture.Services);
        ImportedAnswer[] answers =
        [
            .. Enumerable.Range(0, 100).Select(i => new ImportedAnswer { Question = $"Question {i}?", Answer = $"Answer {i}.", Line = i + 2 }),
            new() { Question = " ", Answer = "Blank.", Line = 102 },
            new() { Question = "Blank?", Answer = "", Line = 103 },
            new() { Question = "Never valid?", Answer = "No.", TimeToLive = TimeSpan.Zero, Line = 104 },
        ];

        var report = await cache.ImportAnswersAsync(answers.ToAsyncEnumerable(), cancellationToken: Token);

        Assert.Equal("100 stored, 0 expired, 0 kept, 3 faulty", report.ToString());
        Assert.Equal([(102L, "question"), (103L, "answer"), (104L, "options")], report.Faults.Select(fault => (fault.Line, fault.Field)));
        Assert.Equal("Answer 7.", (await cache.LookupAsync("Question 7?", Token)).Response?.Text);
        Assert.Equal(2, _fixture.Generator.Batches.Count(batch => batch.Count > 1));
    }

    [Theory]
    [InlineData(false, "New.", "1 stored, 0 expired, 0 kept, 0 faulty")]
    [InlineData(true, "Old.", "0 stored, 0 expired, 1 kept, 0 faulty")]
    public async Task Import_OfAnAnswerToAKnownQuestion_DoesAsItIsTold(bool keepExisting, string text, string said)
    {
        await _fixture.Cache.StoreAsync("What?", CacheFixture.Answer("Old."), Token);

        var report = await _fixture.Cache.ImportAnswersAsync(
            new[] { new ImportedAnswer { Question = "What?", Answer = "New." } }.ToAsyncEnumerable(), new ImportOptions { KeepExisting = keepExisting }, cancellationToken: Token);

        Assert.Equal(said, report.ToString());
        Assert.Equal(text, (await _fixture.Cache.LookupAsync("What?", Token)).Response?.Text);
    }

    private static VectorEntry Permanent(string id, string? owner = null) => new()
    {
        Partition = "partition",
        Id = id,
        Vector = new float[] { 1, 2 },
        Owner = owner,
        CreatedAt = DateTimeOffset.UnixEpoch,
        ExpiresAt = VectorEntry.NeverExpires,
    };

    private async Task CurateAsync(string question, string answer) =>
        Assert.NotNull(await _fixture.Cache.StoreAsync(new SemanticCacheQuery(question) { IsCurated = true }, CacheFixture.Answer(answer), Token));

    private async Task<string?> AskAsync(string question, string generated) =>
        (await _fixture.Cache.GetOrCreateAsync(new SemanticCacheQuery(question), (_, _) => Task.FromResult(CacheFixture.Answer(generated)), Token)).Response?.Text;
}
