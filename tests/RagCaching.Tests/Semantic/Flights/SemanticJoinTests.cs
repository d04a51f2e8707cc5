using Microsoft.Extensions.AI;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.Flights;

public sealed class SemanticJoinTests : IDisposable
{
    private const string First = "How do I reset my password?";
    private const string Second = "How can I reset my password?";

    private readonly CacheFixture _fixture = new();
    private readonly ModelDouble _model = new();

    public SemanticJoinTests() => _fixture.SameMeaning(First, Second);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Whole_CloseQuestionInFlight_SharesItsAnswerAndSaysSo()
    {
        var first = AskAsync(First);
        await _model.Started(1);
        var second = AskAsync(Second);
        _model.Answer(0, "Click here.");

        Assert.Equal(SemanticCacheOutcome.Miss, (await first).Outcome);
        var joined = await second;
        Assert.Equal((SemanticCacheOutcome.Joined, "Click here.", First), (joined.Outcome, joined.Response!.Text, joined.MatchedQuestion));
        Assert.InRange(joined.Similarity!.Value, 0.99f, 0.9999f);
        Assert.Equal((await first).EntryId, joined.EntryId);
        Assert.Equal(1, _model.Calls);
    }

    [Fact]
    public async Task Stream_CloseQuestionInFlight_GetsWhatThereIsAtOnceAndTheRestLive()
    {
        var stream = new StreamDouble();
        var firstStream = await _fixture.Cache.GetOrStreamAsync(First, stream.StreamAsync, Token);
        await using var first = firstStream.GetAsyncEnumerator(Token);
        var reading = first.MoveNextAsync().AsTask();
        var call = await stream.NextCallAsync();
        call.Write("Click");
        await reading;

        var secondStream = await _fixture.Cache.GetOrStreamAsync(Second, stream.StreamAsync, Token);
        await using var second = secondStream.GetAsyncEnumerator(Token);
        Assert.True(await second.MoveNextAsync());
        Assert.Equal("Click", second.Current.Text);
        Assert.Equal((SemanticCacheOutcome.Joined, First), (secondStream.Result.Outcome, secondStream.Result.MatchedQuestion));
        var live = second.MoveNextAsync().AsTask();
        call.Write(" here.");
        call.Finish();
        await live;
        Assert.Equal(" here.", second.Current.Text);
        Assert.Equal(1, stream.Calls);
    }

    [Fact]
    public async Task Whole_GuardRefuses_StartsItsOwn()
    {
        _fixture.Guards.Add(new TestGuard((_, _) => false));

        await AssertApartAsync(First, Second);
    }

    [Fact]
    public async Task Whole_GuardThrows_StartsItsOwn()
    {
        _fixture.Guards.Add(new TestGuard((_, _) => throw new FormatException()));

        await AssertApartAsync(First, Second);
    }

    [Fact]
    public async Task Whole_BelowTheFloorOfOptionsOrQuery_StartsItsOwn()
    {
        _fixture.NearMeaning("Where is my password?", First, noise: 0.4f);

        await AssertApartAsync(First, "Where is my password?");
        await AssertApartAsync("What is a cache?", new SemanticCacheQuery(Second) { MinimumSimilarity = 1 });
    }

    [Fact]
    public async Task Whole_OtherScopePartitionModeOrExactOnly_StartsItsOwn()
    {
        await AssertApartAsync(First, new SemanticCacheQuery(Second) { Scope = CacheScope.For("tenant") });
        await AssertApartAsync(First, new SemanticCacheQuery(Second) { Partition = "prompt-v2" });
        await AssertApartAsync(First, new SemanticCacheQuery(Second) { Mode = SemanticCacheMode.Refresh });
        await AssertApartAsync(First, new SemanticCacheQuery(Second) { Mode = SemanticCacheMode.ReadOnly });
        await AssertApartAsync(First, new SemanticCacheQuery(Second) { ExactOnly = true });
        await AssertApartAsync(new SemanticCacheQuery(First) { ExactOnly = true }, Second);
    }

    [Fact]
    public async Task Whole_SeveralInFlight_JoinsTheNearest()
    {
        _fixture.NearMeaning("Where do I reset my password?", First, noise: 0.2f);
        _fixture.SameMeaning("What is a cache?");
        var tasks = new[] { AskAsync("What is a cache?"), AskAsync("Where do I reset my password?"), AskAsync(new SemanticCacheQuery(First) { MinimumSimilarity = 0.999f }) };
        await _model.Started(3);

        var joined = AskAsync(Second);
        for (var i = 0; i < 3; i++)
        {
            _model.Answer(i, $"answer {i}");
        }

        Assert.Equal("answer 2", (await joined).Response!.Text);
        await Task.WhenAll(tasks);
    }

    [Fact]
    public async Task Whole_RemovalAfterTheStart_IsNotJoined()
    {
        var first = AskAsync(First);
        await _model.Started(1);
        await _fixture.Cache.RemoveWhereAsync(new EntryFilter { AllScopes = true, Tag = "prices" }, Token);
        var second = AskAsync(Second);
        await _model.Started(2);
        _model.Answer(0, "old");
        _model.Answer(1, "new");

        Assert.Equal("new", (await second).Response!.Text);
        await first;
    }

    [Fact]
    public async Task Whole_FactoryAsksACloseQuestion_GoesOnAlone()
    {
        var result = await _fixture.Cache.GetOrCreateAsync(
            First,
            async token => (await _fixture.Cache.GetOrCreateAsync(Second, _ => Task.FromResult(CacheFixture.Answer("inner")), token)).Response!,
            Token);

        Assert.Equal("inner", result.Response!.Text);
    }

    [Fact]
    public async Task Whole_StarterLeavesAndItsWorkFails_TheCloseQuestionIsAnsweredByItsOwnFactory()
    {
        using var leaving = new CancellationTokenSource();
        var first = _fixture.Cache.GetOrCreateAsync(First, _model.AnswerAsync, leaving.Token).AsTask();
        await _model.Started(1);
        var second = AskAsync(Second);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _model.Fail(0, new IOException());
        await _model.Started(2);
        _model.Answer(1, "own");

        Assert.Equal(("own", SemanticCacheOutcome.Miss), ((await second).Response!.Text, (await second).Outcome));
    }

    [Fact]
    public async Task Whole_FlightEndsBetweenLookupAndJoin_IsFoundInTheStore()
    {
        // The second caller's search ends before the first answer is stored, and it comes to the table of flights after that flight has left it.
        var searched = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        var searches = 0;
        _fixture.Store.AfterSearch = async () =>
        {
            if (Interlocked.Increment(ref searches) == 2)
            {
                searched.SetResult();
                await goOn.Task;
            }
        };
        var first = AskAsync(First);
        await _model.Started(1);
        var second = AskAsync(Second);
        await searched.Task;
        _model.Answer(0, "Click here.");
        await first;
        goOn.SetResult();

        Assert.Equal((SemanticCacheOutcome.SemanticHit, "Click here."), ((await second).Outcome, (await second).Response!.Text));
        Assert.Equal(1, _model.Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ThousandCallersOfRewordedVariants_OneModelCall_EverybodyStreamsTheSameAnswer(bool modelIsQuick)
    {
        var all = Variants().ToArray();
        new Random(5).Shuffle(all);
        var variants = all[..1_000];
        _fixture.SameMeaning(variants);
        _fixture.Guards.Clear();
        var guard = new LexicalGuard();
        _fixture.Guards.Add(guard);
        Assert.All(variants, variant => Assert.True(guard.Allows(variant, variants[0]) && guard.Allows(variants[0], variant), variant));
        var calls = 0;
        var release = new TaskCompletionSource();
        async IAsyncEnumerable<ChatResponseUpdate> AnswerAsync()
        {
            Interlocked.Increment(ref calls);
            yield return new ChatResponseUpdate(ChatRole.Assistant, "Click ");
            await (modelIsQuick ? Task.CompletedTask : release.Task);
            yield return new ChatResponseUpdate(ChatRole.Assistant, "here.") { FinishReason = ChatFinishReason.Stop };
        }

        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var started = 0;
        var readers = variants.Select(variant => Task.Run(async () =>
        {
            await start.Task;
            var stream = await _fixture.Cache.GetOrStreamAsync(variant, _ => AnswerAsync(), Token);
            if (Interlocked.Increment(ref started) == variants.Length)
            {
                release.SetResult();
            }

            return string.Concat(await stream.Select(update => update.Text).ToListAsync(Token));
        })).ToArray();
        start.SetResult();

        Assert.All(await Task.WhenAll(readers), text => Assert.Equal("Click here.", text));
        Assert.Equal(1, calls);
    }

    /// <summary>Ways to ask one question that the default guard takes for the same.</summary>
    private static IEnumerable<string> Variants() =>
        from opening in (string[])["", "Please tell me: ", "Hello, ", "Hi, ", "Quick question: ", "Excuse me, ", "Thanks in advance, ", "Hey, ", "Just wondering, ", "Good morning, "]
        from verb in (string[])["how do I", "how can I", "how could I", "how would I", "how should I"]
        from action in (string[])["reset", "recover", "restore", "renew"]
        from noun in (string[])["my password", "the password", "a password", "my own password", "this password"]
        from end in (string[])["?", "??", " please?", ""]
        select $"{opening}{verb} {action} {noun}{end}";

    private Task<SemanticCacheResult> AskAsync(SemanticCacheQuery query) => _fixture.Cache.GetOrCreateAsync(query, _model.AnswerAsync, Token).AsTask();

    private async Task AssertApartAsync(SemanticCacheQuery first, SemanticCacheQuery second)
    {
        var calls = _model.Calls;
        var tasks = new[] { AskAsync(first), AskAsync(second) };
        await _model.Started(calls + 2);
        _model.Answer(calls, CacheFixture.Answer("one"));
        _model.Answer(calls + 1, CacheFixture.Answer("two"));
        await Task.WhenAll(tasks);
        await _fixture.Cache.RemoveWhereAsync(new EntryFilter { AllScopes = true }, Token);
    }
}
