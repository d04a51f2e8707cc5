using RagCaching.Internal;

namespace RagCaching.Tests.Internal;

public sealed class SharedWorkTests
{
    [Fact]
    public void Leave_TheLastOne_CancelsTheWorkAndRefusesFurtherCallers()
    {
        var work = new SharedWork();
        Assert.True(work.TryJoin());

        Assert.False(work.Leave(isStarter: true));
        Assert.True(work.StarterHasLeft);
        Assert.False(work.Token.IsCancellationRequested);
        Assert.True(work.Leave());

        Assert.True(work.Token.IsCancellationRequested);
        Assert.False(work.TryJoin());
    }

    [Fact]
    public void Leave_WithATokenInUse_CancelsThatToken()
    {
        var work = new SharedWork();
        var token = work.Token;
        Assert.False(token.IsCancellationRequested);

        work.Leave();

        Assert.True(token.IsCancellationRequested);
        Assert.Equal(token, work.Token);
    }

    [Fact]
    public async Task TryJoin_RacingAgainstTheLastLeave_JoinsOnlyWorkThatGoesOn()
    {
        const int Rounds = 100_000;
        var works = Enumerable.Range(0, Rounds).Select(_ => new SharedWork()).ToArray();
        var joined = new bool[Rounds];
        using var start = new Barrier(2);

        // Both walk the same list from the same moment on and meet over and over.
        var leaver = Task.Run(() => Walk(i => works[i].Leave()), TestContext.Current.CancellationToken);
        var joiner = Task.Run(() => Walk(i => joined[i] = works[i].TryJoin()), TestContext.Current.CancellationToken);
        await Task.WhenAll(leaver, joiner);

        Assert.All(Enumerable.Range(0, Rounds), i => Assert.Equal(!joined[i], works[i].Token.IsCancellationRequested));

        void Walk(Action<int> step)
        {
            start.SignalAndWait();
            for (var i = 0; i < Rounds; i++)
            {
                step(i);
            }
        }
    }

    [Fact]
    public async Task IsInside_WorkOfTheOwnerAnywhereAbove_IsFound()
    {
        var owner = new object();
        var owned = new SharedWork(owner);
        var nested = await RunInsideAsync(owned, () => new SharedWork());

        Assert.False(SharedWork.IsInside(owner));
        Assert.True(await RunInsideAsync(owned, () => SharedWork.IsInside(owner)));
        Assert.True(await RunInsideAsync(nested, () => SharedWork.IsInside(owner)));
        Assert.False(await RunInsideAsync(owned, () => SharedWork.IsInside(new object())));
        Assert.False(await RunInsideAsync(new SharedWork(), () => SharedWork.IsInside(owner)));
    }

    private static async Task<TResult> RunInsideAsync<TResult>(SharedWork work, Func<TResult> code)
    {
        work.EnterHere();
        await Task.Yield();
        return code();
    }

    [Fact]
    public void Leave_CallbackOfTheWorkThrows_IsNotTheLeaversConcern()
    {
        var work = new SharedWork();
        using var registration = work.Token.Register(() => throw new InvalidCastException("a broken callback"));

        Assert.True(work.Leave(isStarter: true));
        Assert.True(work.Token.IsCancellationRequested);
    }
}
