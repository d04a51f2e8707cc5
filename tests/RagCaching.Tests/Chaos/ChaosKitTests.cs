using Microsoft.Extensions.Time.Testing;
using RagCaching.Chaos.Clocks;
using RagCaching.Chaos.Disks;

namespace RagCaching.Tests.Chaos;

/// <summary>Doubles that go wrong must go wrong as they say.</summary>
public sealed class ChaosKitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Plan_EachKind_GoesWrongInItsWay()
    {
        var plan = new FaultPlan();
        var calls = 0;
        ValueTask<int> RunAsync(CancellationToken token = default) => plan.RunAsync("run", _ => new ValueTask<int>(Interlocked.Increment(ref calls)), () => -1, token);

        Assert.Equal(1, await RunAsync(Token));
        plan.Always(FaultKind.ThrowsAtOnce);
        Assert.Throws<IOException>(() =>
        {
            _ = RunAsync(Token).AsTask();
        });
        plan.Always(FaultKind.FailsAfterwards);
        await Assert.ThrowsAsync<IOException>(() => RunAsync(Token).AsTask());
        Assert.Equal(2, calls);
        plan.Always(FaultKind.AnswersGarbage);
        Assert.Equal(-1, await RunAsync(Token));
        plan.Always(FaultKind.HangsUntilCancelled);
        using var leaving = new CancellationTokenSource();
        var hanging = RunAsync(leaving.Token).AsTask();
        Assert.False(hanging.IsCompleted);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging);
        plan.Always(FaultKind.IgnoresItsToken);
        var deaf = RunAsync(leaving.Token).AsTask();
        plan.Always(FaultKind.FailsLater);
        var late = RunAsync(Token).AsTask();
        Assert.False(deaf.IsCompleted || late.IsCompleted);
        plan.Heal();
        Assert.Equal(3, await deaf);
        await Assert.ThrowsAsync<IOException>(() => late);
        Assert.Equal(7, plan.Operations);
    }

    [Fact]
    public async Task Plan_Delay_PassesByItsClock()
    {
        var time = new FakeTimeProvider();
        var plan = new FaultPlan(time) { Delay = _ => TimeSpan.FromMinutes(1) };

        var running = plan.RunAsync("run", _ => default, Token).AsTask();
        Assert.False(running.IsCompleted);
        time.Advance(TimeSpan.FromMinutes(1));

        await running;
    }

    [Fact]
    public void Clock_SetWrong_KeepsItsTimestampsAndKnowsItsTimers()
    {
        var time = new FakeTimeProvider();
        var clock = new ChaosClock(time) { Skew = TimeSpan.FromMinutes(-5) };
        var before = clock.GetTimestamp();

        using (clock.CreateTimer(static _ => { }, null, TimeSpan.FromDays(1), TimeSpan.FromDays(1)))
        using (clock.CreateTimer(static _ => { }, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan))
        {
            Assert.Equal(2, clock.LiveTimers);
            time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(1, clock.LiveTimers);
        }

        Assert.Equal(0, clock.LiveTimers);
        Assert.Equal(time.GetUtcNow() - TimeSpan.FromMinutes(5), clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromSeconds(1), clock.GetElapsedTime(before));
    }

    [Fact]
    public void Disk_FullOrFaulty_WritesHalfFlipsABitOrFails()
    {
        var plan = new FaultPlan();
        using var memory = new MemoryStream();
        using var disk = new ChaosStream(memory, plan) { Room = 4 };

        disk.Write([0, 0]);
        Assert.Throws<IOException>(() => disk.Write([1, 1, 1]));
        Assert.Equal([0, 0, 1], memory.ToArray());
        disk.Room = long.MaxValue;
        plan.Always(FaultKind.AnswersGarbage);
        disk.Position = 0;
        disk.Write([0, 0, 0]);
        Assert.Equal([0, 1, 0], memory.ToArray());
        plan.Always(FaultKind.FailsAtOnce);
        Assert.Throws<IOException>(disk.Flush);
        Assert.Throws<IOException>(() => disk.ReadByte());
    }
}
