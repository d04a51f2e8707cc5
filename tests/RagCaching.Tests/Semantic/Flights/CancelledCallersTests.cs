using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.Flights;

/// <summary>Who leaves, leaves alone: whichever callers of one question do.</summary>
public sealed class CancelledCallersTests
{
    private const int MostCallers = 5;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task GetOrCreate_EverySubsetOfUpToFiveCallersCancels_ExactlyThoseSeeIt()
    {
        for (var callers = 1; callers <= MostCallers; callers++)
        {
            for (var leavers = 0; leavers < 1 << callers; leavers++)
            {
                await CancelAsync(callers, caller => (leavers & (1 << caller)) != 0);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task GetOrCreate_RandomOnesOfAThousandCallersCancel_ExactlyThoseSeeIt(int seed)
    {
        var random = new Random(seed);
        var leavers = Enumerable.Range(0, 1_000).Select(_ => random.Next(2) == 0).ToArray();

        await CancelAsync(leavers.Length, caller => leavers[caller]);
    }

    private static async Task CancelAsync(int callers, Func<int, bool> leaves)
    {
        using var fixture = new CacheFixture();
        var model = new ModelDouble();
        var tokens = Enumerable.Range(0, callers).Select(_ => new CancellationTokenSource()).ToArray();
        var asking = tokens.Select(token => fixture.Cache.GetOrCreateAsync("What is a cache?", (_, work) => model.AnswerAsync(work), token.Token).AsTask()).ToArray();
        await model.Started(1);

        for (var caller = 0; caller < callers; caller++)
        {
            if (leaves(caller))
            {
                await tokens[caller].CancelAsync();
                var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking[caller].WaitAsync(LongestWait, TestContext.Current.CancellationToken));
                Assert.Equal(tokens[caller].Token, exception.CancellationToken);
            }
        }

        var isWorkStopped = Enumerable.Range(0, callers).All(leaves);
        Assert.Equal(isWorkStopped, model.TokenOf(0).IsCancellationRequested);
        if (!isWorkStopped)
        {
            model.Answer(0, "A memory.");
        }

        for (var caller = 0; caller < callers; caller++)
        {
            if (!leaves(caller))
            {
                Assert.Equal("A memory.", (await asking[caller].WaitAsync(LongestWait, TestContext.Current.CancellationToken)).Response!.Text);
            }
        }

        Assert.Equal(1, model.Calls);
        Array.ForEach(tokens, static token => token.Dispose());
    }
}
