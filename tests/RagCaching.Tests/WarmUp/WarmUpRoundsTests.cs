using Microsoft.Extensions.Time.Testing;
using RagCaching.WarmUp;

namespace RagCaching.Tests.WarmUp;

public sealed class WarmUpRoundsTests
{
    private readonly FakeTimeProvider _time = new() { AutoAdvanceAmount = TimeSpan.Zero };
    private int _calls;

    [Theory]
    [InlineData(0, WarmUpRounds.LeastRounds)]
    [InlineData(6, 6 + WarmUpRounds.QuietRounds)]
    [InlineData(int.MaxValue, WarmUpRounds.MostRounds)]
    public async Task Run_RuntimeStillCompiles_GoesOnUntilItIsQuietOrTheBound(int busyRounds, int expected)
    {
        var compiled = 0;
        var asked = 0;
        var rounds = new WarmUpRounds(Repeat, () => asked++ > 0 && asked - 1 <= busyRounds ? ++compiled : compiled, _time);

        var run = rounds.RunAsync(CancellationToken.None);
        await PassPausesAsync(run);

        Assert.Equal(expected, await run);
        Assert.Equal(expected * WarmUpRounds.Repetitions, _calls);
    }

    [Fact]
    public async Task Run_BeforeTheFirstPauseIsOver_DoesNothing()
    {
        using var stop = new CancellationTokenSource();
        var run = new WarmUpRounds(Repeat, () => 0, _time).RunAsync(stop.Token);

        _time.Advance(WarmUpRounds.Pause - TimeSpan.FromMilliseconds(1));
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(0, _calls);
    }

    [Fact]
    public async Task Run_StoppedInARound_EndsAtOnce()
    {
        using var stop = new CancellationTokenSource();
        var run = new WarmUpRounds(
            _ =>
            {
                stop.Cancel();
                return Repeat(CancellationToken.None);
            },
            () => 0,
            _time).RunAsync(stop.Token);
        await PassPausesAsync(run);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(1, _calls);
    }

    private Task Repeat(CancellationToken cancellationToken)
    {
        _calls++;
        return Task.CompletedTask;
    }

    // Each pause begins before the clock is advanced: what runs between two of them completes synchronously, or soon on the pool.
    private async Task PassPausesAsync(Task run)
    {
        while (!run.IsCompleted)
        {
            _time.Advance(WarmUpRounds.Pause);
            await Task.Yield();
        }
    }
}
