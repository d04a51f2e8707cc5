using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic;

/// <summary>Where callers have a context of their own, as in desktop applications, what they hand to the cache runs in it.</summary>
public sealed class SynchronizationContextTests
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task GetOrCreate_CallerHasAContext_ItsFactoryRunsInIt()
    {
        using var fixture = new CacheFixture();
        fixture.Generator.GenerateCallback = async (texts, _, token) =>
        {
            await Task.Run(static () => { }, token).ConfigureAwait(false);
            return fixture.Generator.Generate(texts);
        };
        var context = new OwnContext();
        var seen = new TaskCompletionSource<SynchronizationContext?>(TaskCreationOptions.RunContinuationsAsynchronously);

        context.Post(
            _ => fixture.Cache.GetOrCreateAsync(
                "What is a cache?",
                (_, _) =>
                {
                    seen.SetResult(SynchronizationContext.Current);
                    return Task.FromResult(CacheFixture.Answer("A memory."));
                }).AsTask(),
            null);

        Assert.Same(context, await seen.Task.WaitAsync(LongestWait, TestContext.Current.CancellationToken));
    }

    private sealed class OwnContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => ThreadPool.QueueUserWorkItem(_ =>
        {
            SetSynchronizationContext(this);
            d(state);
        });
    }
}
