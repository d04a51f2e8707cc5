using Microsoft.Extensions.Time.Testing;
using RagCaching.Chaos.Clocks;
using RagCaching.Internal.Limits;

namespace RagCaching.Tests.Internal.Limits;

public sealed class SharedTimeLimitTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly List<CancellationToken> _tokens = [];
    private readonly SharedTimeLimit _limit;

    public SharedTimeLimitTests() => _limit = new SharedTimeLimit(Limit, _time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_InTime_ReturnsTheResult()
    {
        var call = new TaskCompletionSource<int>();
        var run = RunAsync(call);
        _time.Advance(Limit / 2);
        call.SetResult(7);
        _time.Advance(Limit);

        Assert.Equal(7, await run);
        Assert.False(_tokens[0].IsCancellationRequested);
    }

    [Fact]
    public async Task RunAsync_AtOnce_ReturnsTheResult() =>
        Assert.Equal(7, await _limit.RunAsync(static (_, _) => new ValueTask<int>(7), 0, Token));

    [Fact]
    public async Task RunAsync_TooLate_ThrowsTimeoutAndAsksTheCallToStop()
    {
        var run = RunAsync(new TaskCompletionSource<int>());
        var stopped = new TaskCompletionSource();
        await using var registration = _tokens[0].Register(stopped.SetResult);

        _time.Advance(Limit);

        await Assert.ThrowsAsync<TimeoutException>(async () => await run);
        await stopped.Task.WaitAsync(Token);
    }

    [Fact]
    public async Task RunAsync_CallsThatBeganApart_EachHaveTheWholeLimit()
    {
        var first = RunAsync(new TaskCompletionSource<int>());
        _time.Advance(Limit * 0.6);
        var second = RunAsync(new TaskCompletionSource<int>());

        _time.Advance(Limit * 0.4);
        await Assert.ThrowsAsync<TimeoutException>(async () => await first);
        Assert.False(second.IsCompleted);
        _time.Advance(Limit * 0.6);
        await Assert.ThrowsAsync<TimeoutException>(async () => await second);
    }

    [Fact]
    public async Task RunAsync_SomeOfManyAreLate_OnlyThoseTimeOut()
    {
        var calls = Enumerable.Range(0, 100).Select(_ => new TaskCompletionSource<int>()).ToArray();
        var runs = calls.Select(RunAsync).ToArray();
        for (var i = 0; i < calls.Length; i += 2)
        {
            calls[i].SetResult(i);
        }

        _time.Advance(Limit);

        for (var i = 0; i < calls.Length; i++)
        {
            if (i % 2 == 0)
            {
                Assert.Equal(i, await runs[i]);
            }
            else
            {
                await Assert.ThrowsAsync<TimeoutException>(async () => await runs[i]);
            }
        }
    }

    [Fact]
    public async Task RunAsync_AfterAPause_IsLimitedAgain()
    {
        var early = RunAsync(new TaskCompletionSource<int>());
        _time.Advance(Limit);
        await Assert.ThrowsAsync<TimeoutException>(async () => await early);
        _time.Advance(Limit * 10);

        var late = RunAsync(new TaskCompletionSource<int>());
        _time.Advance(Limit);

        await Assert.ThrowsAsync<TimeoutException>(async () => await late);
    }

    [Fact]
    public async Task RunAsync_TheCallerLeaves_ThrowsWithTheCallersTokenAndAsksTheCallToStop()
    {
        using var leaving = new CancellationTokenSource();
        var run = RunForAsync(new TaskCompletionSource<int>(), leaving.Token);
        var stopped = new TaskCompletionSource();
        await using var registration = _tokens[0].Register(stopped.SetResult);

        await leaving.CancelAsync();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await run);
        Assert.Equal(leaving.Token, exception.CancellationToken);
        await stopped.Task.WaitAsync(Token);
    }

    [Fact]
    public async Task RunAsync_TheCallerHasLeftBefore_ThrowsWithTheCallersToken()
    {
        using var leaving = new CancellationTokenSource();
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await RunForAsync(new TaskCompletionSource<int>(), leaving.Token));
    }

    [Fact]
    public async Task RunAsync_TheCallFails_ThrowsItsException()
    {
        var call = new TaskCompletionSource<int>();
        var run = RunAsync(call);

        call.SetException(new InvalidTimeZoneException());

        await Assert.ThrowsAsync<InvalidTimeZoneException>(async () => await run);
    }

    [Fact]
    public async Task RunAsync_AfterAnAbandonedCall_TheNextOneHasATokenOfItsOwn()
    {
        var first = new TaskCompletionSource<int>();
        var run = RunAsync(first);
        _time.Advance(Limit);
        await Assert.ThrowsAsync<TimeoutException>(async () => await run);
        first.SetResult(7);

        _ = RunAsync(new TaskCompletionSource<int>());

        Assert.False(_tokens[1].IsCancellationRequested);
    }

    [Fact]
    public async Task RunAsync_FaultAfterTheLimit_IsObserved()
    {
        var unobserved = 0;
        EventHandler<UnobservedTaskExceptionEventArgs> count = (_, args) => unobserved += args.Exception.InnerException is InvalidTimeZoneException ? 1 : 0;
        TaskScheduler.UnobservedTaskException += count;

        await AbandonAsync();
        GC.Collect();
        GC.WaitForPendingFinalizers();

        TaskScheduler.UnobservedTaskException -= count;
        Assert.Equal(0, unobserved);
    }

    [Fact]
    public async Task Stop_NoCallUnderWay_LeavesNoTimer()
    {
        var clock = new ChaosClock(_time);
        var limits = new SharedTimeLimits(clock);
        Assert.Equal(7, await limits.New(Limit).RunAsync(static (_, _) => new ValueTask<int>(Task.Run(static () => 7)), 0, Token));

        limits.Stop();

        Assert.Equal(0, clock.LiveTimers);
    }

    [Fact]
    public async Task Stop_CallUnderWay_ItKeepsItsLimitAndItsTimerGoesWithIt()
    {
        var clock = new ChaosClock(_time);
        var limits = new SharedTimeLimits(clock);
        var limit = limits.New(Limit);
        TaskCompletionSource<int> ends = new(), hangs = new();
        var ending = limit.RunAsync(static (call, _) => new ValueTask<int>(call.Task), ends, Token).AsTask();
        var hanging = limit.RunAsync(static (call, _) => new ValueTask<int>(call.Task), hangs, Token).AsTask();

        limits.Stop();
        Assert.Equal(1, clock.LiveTimers);
        ends.SetResult(7);
        await ending;
        Assert.Equal(1, clock.LiveTimers);
        _time.Advance(Limit);

        await Assert.ThrowsAsync<TimeoutException>(() => hanging);
        Assert.Equal(0, clock.LiveTimers);
    }

    [Fact]
    public async Task Stop_CallThatComesLater_HasItsLimitAndLeavesNoTimer()
    {
        var clock = new ChaosClock(_time);
        var limits = new SharedTimeLimits(clock);
        var limit = limits.New(Limit);
        limits.Stop();
        var late = new TaskCompletionSource<int>();
        var calling = limit.RunAsync(static (call, _) => new ValueTask<int>(call.Task), late, Token).AsTask();
        Assert.Equal(1, clock.LiveTimers);

        late.SetResult(7);

        Assert.Equal(7, await calling);
        Assert.Equal(0, clock.LiveTimers);
    }

    // In a method of its own, so that nothing keeps the task alive.
    private static async Task AbandonAsync()
    {
        var time = new FakeTimeProvider();
        var call = new TaskCompletionSource<int>();
        var run = new SharedTimeLimit(Limit, time).RunAsync((source, _) => new ValueTask<int>(source.Task), call, CancellationToken.None);
        time.Advance(Limit);
        await Assert.ThrowsAsync<TimeoutException>(async () => await run);
        call.SetException(new InvalidTimeZoneException());
    }

    private Task<int> RunAsync(TaskCompletionSource<int> call) => RunForAsync(call, Token);

    private Task<int> RunForAsync(TaskCompletionSource<int> call, CancellationToken cancellationToken) => _limit.RunAsync(
        static (state, token) =>
        {
            state.Test._tokens.Add(token);
            return new ValueTask<int>(state.Call.Task);
        },
        (Test: this, Call: call),
        cancellationToken).AsTask();
}
