using Microsoft.Extensions.AI;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.Flights;

/// <summary>A caller goes, and with it the scope that its model client belongs to: that decides nothing for those who joined it.</summary>
public sealed class StarterGoneTests : IDisposable
{
    private readonly CacheFixture _fixture = new();
    private readonly StreamDouble _model = new();
    private readonly CancellationTokenSource _leaving = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _fixture.Dispose();
        _leaving.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GetOrStream_ScopeOfTheStarterEndsBeforeAnything_TheOtherIsAnsweredAnew(bool leavesFirst)
    {
        var (call, starter, follower) = await StartTwoAsync();
        if (leavesFirst)
        {
            await LeaveAsync(starter);
        }

        call.Fail(new ObjectDisposedException("HttpClient"));
        var own = await _model.NextCallAsync();
        own.Write("A memory.");
        own.Finish();

        Assert.Equal("A memory.", await RestOfAsync(follower));
        Assert.Single(_fixture.Store.Written);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GetOrStream_ScopeOfTheStarterEndsInTheMiddle_TheOtherIsToldWhy(bool leavesFirst)
    {
        var (call, starter, follower) = await StartTwoAsync();
        call.Write("A ");
        Assert.True(await follower.MoveNextAsync());
        if (leavesFirst)
        {
            await LeaveAsync(starter);
        }

        call.Fail(new ObjectDisposedException("HttpClient"));

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => RestOfAsync(follower));
        Assert.IsNotType<ObjectDisposedException>(exception);
        Assert.Contains("Ask again", exception.Message, StringComparison.Ordinal);
        Assert.IsType<ObjectDisposedException>(exception.InnerException);
        Assert.Empty(_fixture.Store.Written);
    }

    public static TheoryData<Exception> EndsOfAScope =>
        [new ObjectDisposedException("HttpClient"), new InvalidOperationException("No scope."), new NotSupportedException(), new IOException("Connection closed."), new OperationCanceledException()];

    [Theory]
    [MemberData(nameof(EndsOfAScope), DisableDiscoveryEnumeration = true)]
    public async Task GetOrStream_StarterGoneBeforeAnythingAndItsClientFailsInAnyWay_IsAnsweredAnew(Exception failure)
    {
        var (call, starter, late) = await StartTwoAsync();
        await LeaveAsync(starter);
        call.Fail(failure);
        var own = await _model.NextCallAsync();
        own.Write("A memory.");
        own.Finish();
        Assert.Equal("A memory.", await RestOfAsync(late));
    }

    [Fact]
    public async Task GetOrStream_StarterGoneInTheMiddleAndTheModelFails_TheOtherGetsTheModelsOwnFailure()
    {
        var (call, starter, early) = await StartTwoAsync();
        call.Write("A ");
        Assert.True(await early.MoveNextAsync());
        await LeaveAsync(starter);
        call.Fail(new IOException("The model is down."));

        await Assert.ThrowsAsync<IOException>(() => RestOfAsync(early));
    }

    [Fact]
    public async Task GetOrStream_ScopeOfTheStarterEndsWithManyWaiters_OneRunServesAllOfThem()
    {
        var (call, starter, follower) = await StartTwoAsync();
        var third = new PrefetchedEnumerator<ChatResponseUpdate>((await StartAsync()).GetAsyncEnumerator(Token));
        await LeaveAsync(starter);

        call.Fail(new ObjectDisposedException("HttpClient"));
        var own = await _model.NextCallAsync();
        own.Write("A memory.");
        own.Finish();

        Assert.Equal("A memory.", await RestOfAsync(follower));
        Assert.Equal("A memory.", await RestOfAsync(third));
        Assert.Equal(2, _model.Calls);
    }

    [Fact]
    public async Task GetOrCreate_ScopeOfTheStarterEnds_TheOtherIsAnsweredAnew()
    {
        var broken = new TaskCompletionSource<ChatResponse>();
        var first = _fixture.Cache.GetOrCreateAsync("What is a cache?", _ => broken.Task, Token).AsTask();
        var second = _fixture.Cache.GetOrCreateAsync("What is a cache?", _ => Task.FromResult(CacheFixture.Answer("A memory.")), Token).AsTask();

        broken.SetException(new ObjectDisposedException("HttpClient"));

        await Assert.ThrowsAsync<ObjectDisposedException>(() => first);
        Assert.Equal("A memory.", (await second).Response!.Text);
    }

    [Theory]
    [MemberData(nameof(EndsOfAScope), DisableDiscoveryEnumeration = true)]
    public async Task GetOrCreate_StarterGoneAndItsClientFailsInAnyWay_TheOtherIsAnsweredAnew(Exception failure)
    {
        var broken = new TaskCompletionSource<ChatResponse>();
        var first = _fixture.Cache.GetOrCreateAsync("What is a cache?", _ => broken.Task, _leaving.Token).AsTask();
        var second = _fixture.Cache.GetOrCreateAsync("What is a cache?", _ => Task.FromResult(CacheFixture.Answer("A memory.")), Token).AsTask();
        await _leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        broken.SetException(failure);

        Assert.Equal("A memory.", (await second).Response!.Text);
        Assert.Single(_fixture.Store.Written);
    }

    [Fact]
    public async Task GetOrStream_WholeAnswerOfTheStarterIsLost_TheStreamIsAnsweredAnew()
    {
        var broken = new TaskCompletionSource<ChatResponse>();
        var first = _fixture.Cache.GetOrCreateAsync("What is a cache?", _ => broken.Task, Token).AsTask();
        var follower = new PrefetchedEnumerator<ChatResponseUpdate>((await StartAsync()).GetAsyncEnumerator(Token));

        broken.SetException(new ObjectDisposedException("HttpClient"));
        var own = await _model.NextCallAsync();
        own.Write("A memory.");
        own.Finish();

        Assert.Equal("A memory.", await RestOfAsync(follower));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => first);
    }

    private static async Task<string> RestOfAsync(IAsyncEnumerator<ChatResponseUpdate> reader)
    {
        var text = "";
        while (await reader.MoveNextAsync())
        {
            text += reader.Current.Text;
        }

        return text;
    }

    private async Task LeaveAsync(IAsyncEnumerator<ChatResponseUpdate> starter)
    {
        await _leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RestOfAsync(starter));
    }

    private async Task<SemanticCacheStreamingResult> StartAsync() => await _fixture.Cache.GetOrStreamAsync("What is a cache?", _model.StreamAsync, Token);

    private async Task<(StreamDouble.Call Call, IAsyncEnumerator<ChatResponseUpdate> Starter, IAsyncEnumerator<ChatResponseUpdate> Follower)> StartTwoAsync()
    {
        var starter = new PrefetchedEnumerator<ChatResponseUpdate>((await StartAsync()).GetAsyncEnumerator(_leaving.Token));
        var call = await _model.NextCallAsync();
        var follower = new PrefetchedEnumerator<ChatResponseUpdate>((await StartAsync()).GetAsyncEnumerator(Token));
        return (call, starter, follower);
    }
}
