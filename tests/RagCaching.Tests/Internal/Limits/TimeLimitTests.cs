using Microsoft.Extensions.Time.Testing;
using RagCaching.Internal.Limits;

namespace RagCaching.Tests.Internal.Limits;

public sealed class TimeLimitTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly TaskCompletionSource<int> _call = new();
    private CancellationToken _token;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_InTime_ReturnsTheResult()
    {
        var run = RunAsync(Token);
        _time.Advance(Limit / 2);
        _call.SetResult(7);

        Assert.Equal(7, await run);
        Assert.False(_token.IsCancellationRequested);
    }

    [Fact]
    public async Task RunAsync_TooLate_ThrowsTimeoutAndAsksTheCallToStop()
    {
        var run = RunAsync(Token);
        var stopped = new TaskCompletionSource();
        await using var registration = _token.Register(stopped.SetResult);

        _time.Advance(Limit);

        await Assert.ThrowsAsync<TimeoutException>(async () => await run);
        await stopped.Task.WaitAsync(Token);
    }

    [Fact]
    public async Task RunAsync_TheCallerLeaves_ThrowsWithTheCallersToken()
    {
        using var leaving = new CancellationTokenSource();
        var run = RunAsync(leaving.Token);

        await leaving.CancelAsync();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await run);
        Assert.Equal(leaving.Token, exception.CancellationToken);
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

    // In a method of its own, so that nothing keeps the task alive.
    private static async Task AbandonAsync()
    {
        var time = new FakeTimeProvider();
        var call = new TaskCompletionSource<int>();
        var run = TimeLimit.RunAsync((source, _) => new ValueTask<int>(source.Task), call, Limit, time, CancellationToken.None);
        time.Advance(Limit);
        await Assert.ThrowsAsync<TimeoutException>(async () => await run);
        call.SetException(new InvalidTimeZoneException());
    }

    private ValueTask<int> RunAsync(CancellationToken cancellationToken) => TimeLimit.RunAsync(
        static (test, token) =>
        {
            test._token = token;
            return new ValueTask<int>(test._call.Task);
        },
        this,
        Limit,
        _time,
        cancellationToken);
}
