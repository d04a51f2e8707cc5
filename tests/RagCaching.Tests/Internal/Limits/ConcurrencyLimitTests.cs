using RagCaching.Internal.Limits;

namespace RagCaching.Tests.Internal.Limits;

public sealed class ConcurrencyLimitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TakeAsync_MoreThanThereAre_WaitForAReleaseEach()
    {
        var slots = new ConcurrencyLimit(2);
        await slots.TakeAsync(Token);
        await slots.TakeAsync(Token);

        var third = slots.TakeAsync(Token).AsTask();
        var fourth = slots.TakeAsync(Token).AsTask();
        Assert.False(third.IsCompleted);
        slots.Release();
        await third;
        Assert.False(fourth.IsCompleted);
        slots.Release();
        await fourth;
    }

    [Fact]
    public async Task TryTake_NoneIsFree_TakesNoneAndLeavesTheOrderOfThoseWhoWait()
    {
        var slots = new ConcurrencyLimit(2);
        Assert.True(slots.TryTake());
        Assert.True(slots.TryTake());
        Assert.False(slots.TryTake());

        var waiting = slots.TakeAsync(Token).AsTask();
        Assert.False(slots.TryTake());
        slots.Release();
        await waiting;
        Assert.False(slots.TryTake());
        slots.Release();
        Assert.True(slots.TryTake());
    }

    [Fact]
    public async Task TakeAsync_CancelledWhileWaiting_LeavesNoSlotBehindAndTakesNone()
    {
        var slots = new ConcurrencyLimit(1);
        await slots.TakeAsync(Token);
        using var leaving = new CancellationTokenSource();
        var waiting = slots.TakeAsync(leaving.Token).AsTask();

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        slots.Release();

        await slots.TakeAsync(Token);
        var another = slots.TakeAsync(Token).AsTask();
        Assert.False(another.IsCompleted);
        slots.Release();
        await another;
    }

    [Fact]
    public async Task TakeAsync_ManyThreadsOfWhichSomeLeave_NeverExceedsTheCount()
    {
        var slots = new ConcurrencyLimit(3);
        var inside = 0;
        var most = 0;
        var workers = Enumerable.Range(0, 8).Select(worker => Task.Run(
            async () =>
            {
                for (var i = 0; i < 500; i++)
                {
                    using var leaving = new CancellationTokenSource();
                    var taking = slots.TakeAsync(leaving.Token);
                    if ((worker + i) % 5 == 0)
                    {
                        await leaving.CancelAsync();
                    }

                    try
                    {
                        await taking;
                    }
                    catch (OperationCanceledException)
                    {
                        continue;
                    }

                    InterlockedMax(ref most, Interlocked.Increment(ref inside));
                    await Task.Yield();
                    Interlocked.Decrement(ref inside);
                    slots.Release();
                }
            },
            Token));

        await Task.WhenAll(workers);

        Assert.InRange(most, 1, 3);
        for (var i = 0; i < 3; i++)
        {
            await slots.TakeAsync(Token).AsTask().WaitAsync(TimeSpan.FromSeconds(10), Token);
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen;)
        {
            seen = Interlocked.CompareExchange(ref target, value, seen);
        }
    }
}
