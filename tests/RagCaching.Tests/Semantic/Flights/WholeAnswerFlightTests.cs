using Microsoft.Extensions.AI;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.Flights;

public sealed class WholeAnswerFlightTests : IDisposable
{
    // A caller that starts a call of its own would wait for ever, and say nothing.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly CacheFixture _fixture = new();
    private readonly ModelDouble _model = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(1_000)]
    [InlineData(10_000)]
    public async Task GetOrCreate_SameQuestionAtTheSameTime_IsOneCall(int callers)
    {
        var asking = Enumerable.Range(0, callers).Select(_ => AskAsync()).ToArray();
        await _model.Started(1);
        _model.Answer(0, "A memory.");
        var results = await Task.WhenAll(asking).WaitAsync(LongestWait, TestContext.Current.CancellationToken);

        Assert.Equal(1, _model.Calls);
        Assert.All(results, result => Assert.Equal("A memory.", result.Response!.Text));
        Assert.Single(results, result => result.Outcome == SemanticCacheOutcome.Miss);
        Assert.Equal(callers - 1, results.Count(result => result.Outcome == SemanticCacheOutcome.Joined));
        Assert.Single(results.Select(result => result.EntryId).Distinct());
    }

    [Fact]
    public async Task GetOrCreate_JoinedAnswers_AreCopiesWithoutUsage()
    {
        var first = AskAsync();
        var second = AskAsync();
        await _model.Started(1);
        var response = CacheFixture.Answer("A memory.");
        response.Usage = new UsageDetails { InputTokenCount = 10, OutputTokenCount = 20 };
        _model.Answer(0, response);

        var starter = await first;
        var joined = await second;

        Assert.Same(response, starter.Response);
        Assert.NotSame(response, joined.Response);
        Assert.Null(joined.Response!.Usage);
    }

    [Fact]
    public async Task GetOrCreate_DifferentScopesAtTheSameTime_DoNotJoin()
    {
        var first = AskAsync(new SemanticCacheQuery("What is a cache?") { Scope = CacheScope.For("a") });
        var second = AskAsync(new SemanticCacheQuery("What is a cache?") { Scope = CacheScope.For("b") });
        await _model.Started(2);
        _model.Answer(0, "of a");
        _model.Answer(1, "of b");

        Assert.Equal("of a", (await first).Response!.Text);
        Assert.Equal("of b", (await second).Response!.Text);
    }

    [Fact]
    public async Task GetOrCreate_FollowerCancels_LeavesAloneAndTheWorkGoesOn()
    {
        using var cancellation = new CancellationTokenSource();
        var first = AskAsync();
        var second = AskAsync(cancellationToken: cancellation.Token);
        await _model.Started(1);

        await cancellation.CancelAsync();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        _model.Answer(0, "A memory.");

        Assert.Equal(cancellation.Token, exception.CancellationToken);
        Assert.Equal("A memory.", (await first).Response!.Text);
        Assert.False(_model.TokenOf(0).IsCancellationRequested);
    }

    [Fact]
    public async Task GetOrCreate_StarterCancels_FollowersStillGetTheAnswer()
    {
        using var cancellation = new CancellationTokenSource();
        var first = AskAsync(cancellationToken: cancellation.Token);
        var second = AskAsync();
        await _model.Started(1);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _model.Answer(0, "A memory.");

        Assert.Equal("A memory.", (await second).Response!.Text);
        Assert.Equal(1, _model.Calls);
    }

    [Fact]
    public async Task GetOrCreate_EverybodyCancels_CancelsTheWorkAndALaterCallStartsAfresh()
    {
        using var cancellation = new CancellationTokenSource();
        var first = AskAsync(cancellationToken: cancellation.Token);
        var second = AskAsync(cancellationToken: cancellation.Token);
        await _model.Started(1);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        var third = AskAsync();
        await _model.Started(2);
        _model.Answer(1, "afresh");

        Assert.True(_model.TokenOf(0).IsCancellationRequested);
        Assert.Equal("afresh", (await third).Response!.Text);
    }

    [Fact]
    public async Task GetOrCreate_WorkFails_EverybodyGetsTheSameFailureAndTheNextCallTriesAgain()
    {
        var first = AskAsync();
        var second = AskAsync();
        await _model.Started(1);
        var failure = new InvalidDataException("the model is down");
        _model.Fail(0, failure);

        Assert.Same(failure, await Assert.ThrowsAsync<InvalidDataException>(() => first));
        Assert.Same(failure, await Assert.ThrowsAsync<InvalidDataException>(() => second));
        Assert.Empty(_fixture.Store.Written);

        var third = AskAsync();
        await _model.Started(2);
        _model.Answer(1, "recovered");
        Assert.Equal("recovered", (await third).Response!.Text);
    }

    [Fact]
    public async Task GetOrCreate_StarterHasGoneAndTheWorkFails_OneFollowersFactoryIsTried()
    {
        using var cancellation = new CancellationTokenSource();
        var first = AskAsync(cancellationToken: cancellation.Token);
        var followers = Enumerable.Range(0, 5).Select(_ => AskAsync()).ToArray();
        await _model.Started(1);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        _model.Fail(0, new ObjectDisposedException("the starter's services"));
        await _model.Started(2);
        _model.Answer(1, "of a follower");
        var results = await Task.WhenAll(followers);

        Assert.Equal(2, _model.Calls);
        Assert.All(results, result => Assert.Equal("of a follower", result.Response!.Text));
    }

    [Fact]
    public async Task GetOrCreate_StarterHasGoneAndTheFollowersFactoryFailsToo_TheFailureIsSeen()
    {
        using var cancellation = new CancellationTokenSource();
        var first = AskAsync(cancellationToken: cancellation.Token);
        var second = AskAsync();
        await _model.Started(1);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        _model.Fail(0, new ObjectDisposedException("the starter's services"));
        await _model.Started(2);
        _model.Fail(1, new InvalidDataException("the model is down"));

        await Assert.ThrowsAsync<InvalidDataException>(() => second);
    }

    [Fact]
    public async Task GetOrCreate_JoiningTakesTooLong_AsksForItself()
    {
        var first = AskAsync();
        var second = AskAsync();
        await _model.Started(1);

        _fixture.Time.Advance(_fixture.Options.Limits.JoinTimeout);
        await _model.Started(2);
        _model.Answer(1, "its own");
        Assert.Equal("its own", (await second).Response!.Text);
        _model.Answer(0, "late");
        Assert.Equal("late", (await first).Response!.Text);
    }

    [Fact]
    public async Task GetOrCreate_AnswerMustNotBeStored_FollowersAskForThemselves()
    {
        var first = AskAsync();
        var second = AskAsync();
        await _model.Started(1);
        _model.Answer(0, new ChatResponse(new ChatMessage(ChatRole.Assistant, "cut off")) { FinishReason = ChatFinishReason.Length });
        await _model.Started(2);
        _model.Answer(1, "whole");

        Assert.Equal("cut off", (await first).Response!.Text);
        Assert.Equal("whole", (await second).Response!.Text);
    }

    [Fact]
    public async Task GetOrCreate_FactoryAsksNotToStore_FollowersAskForThemselves()
    {
        var first = AskPrivatelyAsync();
        await _model.Started(1);
        var second = AskPrivatelyAsync();
        _model.Answer(0, "12 euros");
        await Task.WhenAny(second, _model.Started(2));

        Assert.Equal(2, _model.Calls);
        _model.Answer(1, "7 euros");
        Assert.Equal(("12 euros", "7 euros"), ((await first).Response!.Text, (await second).Response!.Text));

        Task<SemanticCacheResult> AskPrivatelyAsync() => _fixture.Cache.GetOrCreateAsync(
            "What is my balance?",
            (context, token) =>
            {
                context.Store = false;
                return _model.AnswerAsync(token);
            },
            TestContext.Current.CancellationToken).AsTask();
    }

    [Fact]
    public async Task GetOrCreate_FactoryAsksItsOwnQuestion_GoesOnAloneInsteadOfWaitingForItself()
    {
        var token = TestContext.Current.CancellationToken;

        var result = await _fixture.Cache.GetOrCreateAsync(
            "What is a cache?",
            async _ =>
            {
                var inner = await _fixture.Cache.GetOrCreateAsync("What is a cache?", _ => Task.FromResult(CacheFixture.Answer("inner")), token);
                return CacheFixture.Answer("outer of " + inner.Response!.Text);
            },
            token);

        Assert.Equal("outer of inner", result.Response!.Text);
    }

    [Fact]
    public async Task GetOrCreate_Refresh_DoesNotJoinOlderWork()
    {
        var first = AskAsync();
        await _model.Started(1);
        var refresh = AskAsync(new SemanticCacheQuery("What is a cache?") { Mode = SemanticCacheMode.Refresh });
        await _model.Started(2);
        _model.Answer(1, "new");
        _model.Answer(0, "old");

        Assert.Equal("new", (await refresh).Response!.Text);
        Assert.Equal("old", (await first).Response!.Text);
    }

    [Fact]
    public async Task GetOrCreate_CallersContext_ReachesTheFactory()
    {
        var ambient = new AsyncLocal<string> { Value = "mine" };
        string? seen = null;

        await _fixture.Cache.GetOrCreateAsync(
            "What is a cache?",
            _ =>
            {
                seen = ambient.Value;
                return Task.FromResult(CacheFixture.Answer("an answer"));
            },
            TestContext.Current.CancellationToken);

        Assert.Equal("mine", seen);
    }

    [Fact]
    public async Task GetOrCreate_AnswerStoredBetweenLookupAndWork_IsServedInsteadOfGenerated()
    {
        // The first read is the lookup's and finds nothing; then another caller's answer arrives.
        var reads = 0;
        _fixture.Store.Before = async (operation, _) =>
        {
            if (operation == nameof(IVectorStore.GetAsync) && Interlocked.Increment(ref reads) == 2)
            {
                await _fixture.Cache.StoreAsync("What is a cache?", CacheFixture.Answer("of another caller"), TestContext.Current.CancellationToken);
            }
        };

        var result = await _fixture.AskAsync("What is a cache?", "must not be called");

        Assert.Equal(SemanticCacheOutcome.ExactHit, result.Outcome);
        Assert.Equal("of another caller", result.Response!.Text);
    }

    [Fact]
    public async Task GetOrCreate_StarterHasGoneAndItsFactoryHangs_AFollowerGoesOnAfterItsPatience()
    {
        using var cancellation = new CancellationTokenSource();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = _fixture.Cache.GetOrCreateAsync(
            "What is a cache?",
            async _ =>
            {
                entered.TrySetResult();
                await new TaskCompletionSource().Task;
                return CacheFixture.Answer("never");
            },
            cancellation.Token).AsTask();
        await entered.Task;
        var second = AskAsync();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        _fixture.Time.Advance(_fixture.Options.Limits.JoinTimeout);
        await _model.Started(1);
        _model.Answer(0, "its own");

        Assert.Equal("its own", (await second).Response!.Text);
    }

    [Fact]
    public async Task GetOrCreate_OtherCallersCancelOneAfterTheOther_NobodyElseIsToldOfIt()
    {
        using var cancellationA = new CancellationTokenSource();
        using var cancellationB = new CancellationTokenSource();
        var a = AskWithOwnTokenAsync(cancellationA.Token);
        await _model.Started(1);
        var b = AskWithOwnTokenAsync(cancellationB.Token);
        var c = AskAsync();

        await cancellationA.CancelAsync();
        await _model.Started(2);
        await cancellationB.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => a);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => b);
        var call = _model.Calls == 2 && !_model.TokenOf(1).IsCancellationRequested ? 1 : 2;
        await _model.Started(call + 1);
        _model.Answer(call, "of the one who stayed");

        Assert.Equal("of the one who stayed", (await c).Response!.Text);

        // Like much code in the wild, its factory listens to its caller's token and not to the one it is given.
        Task<SemanticCacheResult> AskWithOwnTokenAsync(CancellationToken own) =>
            _fixture.Cache.GetOrCreateAsync("What is a cache?", _ => _model.AnswerAsync(own), own).AsTask();
    }

    [Fact]
    public async Task GetOrCreate_AfterARemoval_DoesNotJoinWorkFromBeforeIt()
    {
        var first = AskAsync();
        await _model.Started(1);
        await _fixture.Cache.RemoveWhereAsync(new EntryFilter { AllScopes = true }, TestContext.Current.CancellationToken);
        var second = AskAsync();
        await _model.Started(2);
        _model.Answer(0, "old");
        _model.Answer(1, "new");

        Assert.Equal("old", (await first).Response!.Text);
        Assert.Equal("new", (await second).Response!.Text);
        Assert.Equal("new", (await AskAsync()).Response!.Text);
    }

    [Fact]
    public async Task GetOrCreate_FactoriesAskEachOthersQuestions_DoNotWaitForEachOther()
    {
        var token = TestContext.Current.CancellationToken;
        var bothRun = new CountdownEvent(2);
        async Task<string> AskBothAsync(string own, string other) => (await _fixture.Cache.GetOrCreateAsync(
            own,
            async _ =>
            {
                bothRun.Signal();
                await Task.Run(() => bothRun.Wait(token), token);
                var inner = await _fixture.Cache.GetOrCreateAsync(other, _ => Task.FromResult(CacheFixture.Answer("inner")), token);
                return CacheFixture.Answer($"{own} with {inner.Response!.Text}");
            },
            token)).Response!.Text;

        var answers = await Task.WhenAll(AskBothAsync("x", "y"), AskBothAsync("y", "x"));

        // The slower one may find the other's answer stored by then.
        Assert.StartsWith("x with ", answers[0], StringComparison.Ordinal);
        Assert.StartsWith("y with ", answers[1], StringComparison.Ordinal);
        Assert.Contains(answers, answer => answer.EndsWith(" with inner", StringComparison.Ordinal));
    }

    private Task<SemanticCacheResult> AskAsync(SemanticCacheQuery? query = null, CancellationToken? cancellationToken = null) =>
        _fixture.Cache.GetOrCreateAsync(
            query ?? "What is a cache?", _model.AnswerAsync, cancellationToken ?? TestContext.Current.CancellationToken).AsTask();
}
