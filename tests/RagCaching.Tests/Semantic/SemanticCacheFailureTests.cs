using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic;

/// <summary>A broken, slow or poisoned part costs a miss: whoever can answer gets an answer out.</summary>
public sealed class SemanticCacheFailureTests : IDisposable
{
    private readonly CacheFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("GetAsync", SemanticCacheReason.Unavailable)]
    [InlineData("SearchAsync", SemanticCacheReason.Unavailable)]
    [InlineData("UpsertAsync", SemanticCacheReason.NoCandidates)]
    public async Task GetOrCreate_StoreThrows_AnswersAndCounts(string operation, SemanticCacheReason reason)
    {
        using var failures = _fixture.Counter("ragcaching.cache.failures");
        _fixture.Store.Before = (name, _) => name == operation ? throw new IOException("broken") : Task.CompletedTask;

        var result = await _fixture.AskAsync("What is a cache?", "fresh");

        Assert.Equal("fresh", result.Response!.Text);
        Assert.Equal(SemanticCacheOutcome.Miss, result.Outcome);
        Assert.Equal(reason, result.Reason);
        Assert.NotEmpty(failures.GetMeasurementSnapshot());
    }

    [Fact]
    public async Task GetOrCreate_StoreKeepsFailing_IsLeftAloneAndTriedAgainLater()
    {
        _fixture.Store.Before = (_, _) => throw new IOException("broken");
        for (var i = 0; i < 10; i++)
        {
            await _fixture.AskAsync($"question {i}");
        }

        var operations = _fixture.Store.Operations.Count;
        await _fixture.AskAsync("one more");
        Assert.Equal(operations, _fixture.Store.Operations.Count);

        _fixture.Store.Before = null;
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));
        await _fixture.AskAsync("and another");
        var again = await _fixture.AskAsync("and another");

        Assert.Equal(SemanticCacheOutcome.ExactHit, again.Outcome);
    }

    [Fact]
    public async Task GetOrCreate_GeneratorThrows_AnswersAndTheExactRepeatIsServed()
    {
        _fixture.Generator.GenerateCallback = (_, _, _) => throw new HttpRequestException("down");

        var first = await _fixture.AskAsync("What is a cache?", "fresh");
        var second = await _fixture.AskAsync("What is a cache?");

        Assert.Equal(SemanticCacheReason.Unavailable, first.Reason);
        Assert.Equal("fresh", first.Response!.Text);
        Assert.Equal(SemanticCacheOutcome.ExactHit, second.Outcome);
    }

    [Fact]
    public async Task GetOrCreate_GeneratorHangs_TimesOutOnceAndIsThenLeftAlone()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _fixture.Generator.GenerateCallback = async (_, _, _) =>
        {
            entered.TrySetResult();
            await new TaskCompletionSource().Task;
            throw new InvalidOperationException("never reached");
        };

        var asking = _fixture.AskAsync("What is a cache?", "fresh");
        await entered.Task;
        _fixture.Time.Advance(_fixture.Options.Limits.LookupTimeout);
        var slow = await asking;
        var quick = await _fixture.AskAsync("Where is Oslo?", "fresh");

        Assert.Equal(SemanticCacheReason.Timeout, slow.Reason);
        Assert.Equal("fresh", slow.Response!.Text);
        Assert.Equal(SemanticCacheReason.Unavailable, quick.Reason);
        Assert.Equal(1, _fixture.Generator.Calls);
    }

    [Fact]
    public async Task GetOrCreate_StoreHangs_TimesOut()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _fixture.Store.Before = (name, _) =>
        {
            entered.TrySetResult();
            return name == nameof(IVectorStore.GetAsync) ? new TaskCompletionSource().Task : Task.CompletedTask;
        };

        var asking = _fixture.AskAsync("What is a cache?", "fresh");
        await entered.Task;
        _fixture.Time.Advance(_fixture.Options.Limits.LookupTimeout);

        // What is there cannot be looked at before the write either, which has a limit of its own.
        while (!asking.IsCompleted)
        {
            _fixture.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        var result = await asking;
        Assert.Equal(SemanticCacheReason.Timeout, result.Reason);
        Assert.Equal("fresh", result.Response!.Text);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(0f)]
    public async Task GetOrCreate_UnusableVector_AnswersAndTheExactRepeatIsServed(float component)
    {
        using var failures = _fixture.Counter("ragcaching.cache.failures");
        _fixture.Generator.Vector = _ => [component, 0, 0, 0];

        var first = await _fixture.AskAsync("What is a cache?", "fresh");
        var second = await _fixture.AskAsync("What is a cache?");

        Assert.Equal("fresh", first.Response!.Text);
        Assert.Equal(SemanticCacheOutcome.ExactHit, second.Outcome);
        Assert.Contains(failures.GetMeasurementSnapshot(), measurement => measurement.Tags["error.type"] is "unusable_vector");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task GetOrCreate_GeneratorReturnsTheWrongCount_IsAMiss(int count)
    {
        _fixture.Generator.GenerateCallback = (_, _, _) =>
            Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(Enumerable.Range(0, count).Select(_ => new Embedding<float>(new float[4]))));

        var result = await _fixture.AskAsync("What is a cache?", "fresh");

        Assert.Equal(SemanticCacheReason.Unavailable, result.Reason);
        Assert.Equal("fresh", result.Response!.Text);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(63)]
    [InlineData(65)]
    [InlineData(384)]
    [InlineData(1_536)]
    public async Task GetOrCreate_DimensionsChange_OlderAnswersMakeRoomAtOnceAndItIsSaidOnce(int dimensions)
    {
        await _fixture.AskAsync("What is a cache?", "old");
        await _fixture.AskAsync(new SemanticCacheQuery("What is a cache?") { Partition = "other" }, "old");
        _fixture.Generator.Vector = text => TestEmbeddingGenerator.RandomVector(text is "Where is Oslo located?" ? "Where is Oslo?" : text, dimensions);

        var exact = await _fixture.AskAsync("What is a cache?");
        var changed = await _fixture.AskAsync("Where is Oslo?", "fresh");
        var reworded = await _fixture.AskAsync("Where is Oslo located?");
        await _fixture.AskAsync(new SemanticCacheQuery("Where is Oslo?") { Partition = "other" }, "fresh");
        var elsewhere = await _fixture.AskAsync(new SemanticCacheQuery("Where is Oslo located?") { Partition = "other" });

        Assert.Equal("old", exact.Response!.Text);
        Assert.Equal((SemanticCacheReason.NoCandidates, "fresh"), (changed.Reason, changed.Response!.Text));
        Assert.Equal((SemanticCacheOutcome.SemanticHit, "fresh"), (reworded.Outcome, reworded.Response!.Text));
        Assert.Equal(SemanticCacheOutcome.SemanticHit, elsewhere.Outcome);
        Assert.Single(_fixture.Logs.GetSnapshot(), record => record.Id.Id == RagCaching.Diagnostics.Log.QuestionDimensionsChangedId);
    }

    [Fact]
    public async Task GetOrCreate_TwoModelsByTurns_EmptyAPartitionOnceAMinute()
    {
        var dimensions = 3;
        _fixture.Generator.Vector = text => TestEmbeddingGenerator.RandomVector(text, dimensions);
        await _fixture.AskAsync("Where is Oslo?");
        dimensions = 4;
        await _fixture.AskAsync("Where is Rome?");
        dimensions = 3;
        var again = await _fixture.AskAsync("Where is Bern?");
        _fixture.Time.Advance(TimeSpan.FromMinutes(1));
        var later = await _fixture.AskAsync("Where is Kiel?");

        Assert.Equal(SemanticCacheReason.Unavailable, again.Reason);
        Assert.Equal(SemanticCacheReason.NoCandidates, later.Reason);
    }

    [Fact]
    public async Task Lookup_StoredBytesChangedAnywhere_IsAMissAndTheEntryIsDropped()
    {
        await _fixture.AskAsync("What is a cache?", "A memory.");
        var written = Assert.Single(_fixture.Store.Written);
        var token = TestContext.Current.CancellationToken;

        for (var position = 0; position < written.Payload.Length; position++)
        {
            var changed = written.Payload.ToArray();
            changed[position] ^= 1;
            _fixture.Store.OnGet = entry => Copy(entry, entry.Metadata, changed);
            Assert.False((await _fixture.Cache.LookupAsync("What is a cache?", token)).IsHit);
            await _fixture.Store.UpsertAsync(written, token);
        }

        for (var position = 0; position < written.Metadata.Length; position++)
        {
            var changed = written.Metadata.ToArray();
            changed[position] ^= 1;
            _fixture.Store.OnGet = entry => Copy(entry, changed, entry.Payload);
            Assert.False((await _fixture.Cache.LookupAsync("What is a cache?", token)).IsHit);
            await _fixture.Store.UpsertAsync(written, token);
        }

        Assert.True(_fixture.Store.CountOf(nameof(IVectorStore.RemoveAsync)) >= written.Payload.Length + written.Metadata.Length);
        _fixture.Store.OnGet = entry => entry;
        Assert.True((await _fixture.Cache.LookupAsync("What is a cache?", token)).IsHit);
    }

    [Fact]
    public async Task Lookup_AnswerOfAnotherEntryUnderThisKey_IsAMiss()
    {
        await _fixture.AskAsync("What is a cache?", "A memory.");
        await _fixture.AskAsync("Where is Oslo?", "In Norway.");
        var other = _fixture.Store.Written[1];
        _fixture.Store.OnGet = entry => Copy(entry, entry.Metadata, other.Payload);

        var result = await _fixture.Cache.LookupAsync("What is a cache?", TestContext.Current.CancellationToken);

        Assert.False(result.IsHit);
    }

    [Fact]
    public async Task Lookup_EntryFromTheFutureInASharedStore_IsAMiss()
    {
        await _fixture.AskAsync("What is a cache?");
        var future = _fixture.Time.GetUtcNow() + TimeSpan.FromMinutes(6);
        _fixture.Store.OnGet = entry => new VectorEntry
        {
            Partition = entry.Partition,
            Id = entry.Id,
            Metadata = entry.Metadata,
            Payload = entry.Payload,
            Labels = entry.Labels,
            CreatedAt = future,
            ExpiresAt = entry.ExpiresAt,
        };

        var result = await _fixture.Cache.LookupAsync("What is a cache?", TestContext.Current.CancellationToken);

        Assert.False(result.IsHit);
    }

    [Fact]
    public async Task GetOrCreate_FactoryThrows_ThrowsTheSameAndStoresNothing()
    {
        var failure = new InvalidDataException("the model is down");

        var thrown = await Assert.ThrowsAsync<InvalidDataException>(
            async () => await _fixture.Cache.GetOrCreateAsync("What is a cache?", _ => throw failure, TestContext.Current.CancellationToken));

        Assert.Same(failure, thrown);
        Assert.Empty(_fixture.Store.Written);
    }

    [Fact]
    public async Task GetOrCreate_FactoryReturnsNull_Throws()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await _fixture.Cache.GetOrCreateAsync("What is a cache?", _ => Task.FromResult<ChatResponse>(null!), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task GetOrCreate_AnswerThatCannotBeRecorded_ReachesItsCallerAllTheSame()
    {
        var answer = new ChatResponse([null!]) { FinishReason = ChatFinishReason.Stop };

        var result = await _fixture.Cache.GetOrCreateAsync("What is a cache?", _ => Task.FromResult(answer), TestContext.Current.CancellationToken);

        Assert.Same(answer, result.Response);
        Assert.Null(result.EntryId);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\r\n")]
    public async Task GetOrCreate_BlankQuestion_Bypasses(string question)
    {
        var result = await _fixture.AskAsync(question, "fresh");

        Assert.Equal(SemanticCacheOutcome.Bypass, result.Outcome);
        Assert.Equal(SemanticCacheReason.BlankQuestion, result.Reason);
        Assert.Equal("fresh", result.Response!.Text);
        Assert.Empty(_fixture.Store.Operations);
    }

    [Fact]
    public async Task GetOrCreate_OverLongQuestion_Bypasses()
    {
        var longest = new string('x', _fixture.Options.Limits.MaxQuestionLength);

        var fits = await _fixture.AskAsync(longest);
        var result = await _fixture.AskAsync(longest + "x");

        Assert.Equal(SemanticCacheOutcome.Miss, fits.Outcome);
        Assert.Equal(SemanticCacheReason.QuestionTooLong, result.Reason);
    }

    [Fact]
    public async Task GetOrCreate_SwitchedOffWhileRunning_Bypasses()
    {
        await _fixture.AskAsync("What is a cache?");
        _fixture.Options.Enabled = false;

        var result = await _fixture.AskAsync("What is a cache?", "fresh");

        Assert.Equal(SemanticCacheReason.Disabled, result.Reason);
        Assert.Equal("fresh", result.Response!.Text);
    }

    [Fact]
    public async Task GetOrCreate_ArgumentsOutOfRange_NameTheValue()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(() => _fixture.AskAsync((SemanticCacheQuery)null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => _fixture.AskAsync(new SemanticCacheQuery(null!)));
        var similarity = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _fixture.AskAsync(new SemanticCacheQuery("x") { MinimumSimilarity = 1.5f }));
        var notANumber = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _fixture.AskAsync(new SemanticCacheQuery("x") { MinimumSimilarity = float.NaN }));
        var timeToLive = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _fixture.AskAsync(new SemanticCacheQuery("x") { TimeToLive = TimeSpan.Zero }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _fixture.AskAsync(new SemanticCacheQuery("x") { Mode = (SemanticCacheMode)9 }));
        await Assert.ThrowsAsync<ArgumentException>(() => _fixture.AskAsync(new SemanticCacheQuery("x") { Tags = [""] }));

        Assert.Equal(1.5f, similarity.ActualValue);
        Assert.Equal(float.NaN, notANumber.ActualValue);
        Assert.Equal(TimeSpan.Zero, timeToLive.ActualValue);
    }

    [Fact]
    public void Constructor_OptionsOutOfRange_NamesThePropertyAndTheValue()
    {
        AssertRejected(nameof(SemanticCacheOptions.MinimumSimilarity), options => options.MinimumSimilarity = 1.01f);
        AssertRejected(nameof(SemanticCacheOptions.MinimumSimilarity), options => options.MinimumSimilarity = float.NaN);
        AssertRejected(nameof(ShadowOptions.NearMissMargin), options => options.Shadow.NearMissMargin = -0.01f);
        AssertRejected(nameof(ShadowOptions.NearMissMargin), options => options.Shadow.NearMissMargin = 2.01f);
        AssertRejected(nameof(SemanticCacheOptions.TimeToLive), options => options.TimeToLive = TimeSpan.FromSeconds(-1));
        AssertRejected(nameof(SemanticCacheLimits.LookupTimeout), options => options.Limits.LookupTimeout = TimeSpan.Zero);
        AssertRejected(nameof(SemanticCacheLimits.JoinTimeout), options => options.Limits.JoinTimeout = TimeSpan.FromDays(1));
        AssertRejected(nameof(SemanticCacheLimits.MaxQuestionLength), options => options.Limits.MaxQuestionLength = 0);
        AssertRejected(nameof(SemanticCacheLimits.MaxAnswerBytes), options => options.Limits.MaxAnswerBytes = -1);

        static void AssertRejected(string property, Action<SemanticCacheOptions> configure)
        {
            var options = new SemanticCacheOptions();
            configure(options);
            using var store = new InMemoryVectorStore();
            var exception = Assert.Throws<OptionsValidationException>(() => new SemanticCache(new TestEmbeddingGenerator(), store, options));
            Assert.Contains(property, exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Constructor_OptionsChangedAfterwards_HaveNoEffect()
    {
        var options = new SemanticCacheOptions();
        using var store = new InMemoryVectorStore();
        var cache = new SemanticCache(new TestEmbeddingGenerator(), store, options);
        options.ShareAcrossCallers = true;
        options.Enabled = false;

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await cache.LookupAsync("What is a cache?", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task GetOrCreate_ListenerAndLoggerThrow_EverybodyGetsAnAnswerEveryTime()
    {
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, _fixture.Meters))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => throw new InvalidCastException("a broken listener"));
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => throw new InvalidCastException("a broken listener"));
        listener.Start();
        _fixture.Services.Add<ILoggerFactory>(new ThrowingLoggerFactory());
        var cache = _fixture.NewCache();

        foreach (var reason in (ChatFinishReason[])[ChatFinishReason.Length, ChatFinishReason.Stop, ChatFinishReason.Stop])
        {
            var answer = CacheFixture.Answer("an answer");
            answer.FinishReason = reason;
            var result = await cache.GetOrCreateAsync("What is a cache?", _ => Task.FromResult(answer), TestContext.Current.CancellationToken);
            Assert.Equal("an answer", result.Response!.Text);
        }

        Assert.True((await cache.LookupAsync("What is a cache?", TestContext.Current.CancellationToken)).IsHit);
    }

    [Fact]
    public async Task GetOrCreate_RefreshWhileTheGeneratorHangs_AnswersWithinTheLimit()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _fixture.Generator.GenerateCallback = async (_, _, _) =>
        {
            entered.TrySetResult();
            await new TaskCompletionSource().Task;
            throw new InvalidOperationException("never reached");
        };

        var asking = _fixture.AskAsync(new SemanticCacheQuery("What is a cache?") { Mode = SemanticCacheMode.Refresh }, "fresh");
        await entered.Task;
        _fixture.Time.Advance(_fixture.Options.Limits.LookupTimeout);
        var result = await asking;

        Assert.Equal("fresh", result.Response!.Text);
        Assert.Equal(SemanticCacheOutcome.ExactHit, (await _fixture.AskAsync("What is a cache?")).Outcome);
    }

    [Fact]
    public async Task GetOrCreate_GeneratorAnswersTooLateEachTime_IsLeftAloneAllTheSame()
    {
        var answers = new List<TaskCompletionSource>();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _fixture.Generator.GenerateCallback = async (texts, _, _) =>
        {
            var answer = new TaskCompletionSource();
            answers.Add(answer);
            entered.TrySetResult();
            await answer.Task;
            return _fixture.Generator.Generate(texts);
        };
        var asking = _fixture.AskAsync("What is a cache?", "fresh");
        await entered.Task;
        _fixture.Time.Advance(_fixture.Options.Limits.LookupTimeout);
        await asking;

        answers[0].SetResult();
        var second = await _fixture.AskAsync("Where is Oslo?", "fresh");

        Assert.Equal(SemanticCacheReason.Unavailable, second.Reason);
        Assert.Single(answers);
    }

    [Fact]
    public async Task GetOrCreate_WritesFail_ReadsGoOn()
    {
        await _fixture.AskAsync("What is a cache?", "A memory.");
        _fixture.Store.Before = (name, _) => name == nameof(IVectorStore.UpsertAsync) ? throw new IOException("full") : Task.CompletedTask;
        for (var i = 0; i < 10; i++)
        {
            await _fixture.AskAsync($"question {i}");
        }

        Assert.Equal(SemanticCacheOutcome.ExactHit, (await _fixture.AskAsync("What is a cache?")).Outcome);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task GetOrCreate_WallClockJumpsWithAStoreInMemory_ChangesNothing(int days)
    {
        var time = new JumpingTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var store = new InMemoryVectorStore(services: new TestServices().Add<TimeProvider>(time));
        var cache = new SemanticCache(new TestEmbeddingGenerator(), store, new SemanticCacheOptions { ShareAcrossCallers = true }, new TestServices().Add<TimeProvider>(time));
        await cache.StoreAsync("What is a cache?", CacheFixture.Answer("A memory."), TestContext.Current.CancellationToken);

        time.Jump = TimeSpan.FromDays(days);

        Assert.True((await cache.LookupAsync("What is a cache?", TestContext.Current.CancellationToken)).IsHit);
    }

    private static VectorEntry Copy(VectorEntry entry, ReadOnlyMemory<byte> metadata, ReadOnlyMemory<byte> payload) => new()
    {
        Partition = entry.Partition,
        Id = entry.Id,
        Vector = entry.Vector,
        Metadata = metadata,
        Payload = payload,
        Labels = entry.Labels,
        CreatedAt = entry.CreatedAt,
        ExpiresAt = entry.ExpiresAt,
    };
}
