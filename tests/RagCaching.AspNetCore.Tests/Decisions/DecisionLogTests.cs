using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using RagCaching.AspNetCore.Tests.Hosting;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.AspNetCore.Tests.Decisions;

public sealed class DecisionLogTests
{
    [Fact]
    public async Task Log_HoldsTheNewestOnly()
    {
        await using var services = new ServiceCollection().AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(new TestEmbeddingGenerator())
            .AddRagCaching(options => options.ShareAcrossCallers = true).AddDecisionLog(options => options.Capacity = 3).Services.BuildServiceProvider();
        var cache = services.GetRequiredService<ISemanticCache>();

        for (var i = 0; i < 5; i++)
        {
            await cache.LookupAsync($"Question {i}?", TestContext.Current.CancellationToken);
        }

        Assert.Equal([5L, 4L, 3L], services.GetRequiredService<AspNetCore.Decisions.DecisionLog>().Read(null).Select(decision => decision.Id));
    }

    [Fact]
    public async Task Recording_ChangesNoAnswer_AndStreamsAreRecordedToo()
    {
        await using var host = await OwnerHost.StartAsync();
        await host.AskAsync();

        var stream = await host.Cache.GetOrStreamAsync(OwnerHost.Reworded, (_, _) => throw new InvalidOperationException("not needed"), TestContext.Current.CancellationToken);
        var text = string.Concat(await stream.Select(update => update.Text).ToListAsync(TestContext.Current.CancellationToken));

        Assert.Equal("Paris", text);
        Assert.Equal(2, (await host.GetAsync("/decisions?kind=served")).GetProperty("decisions").GetArrayLength());
        Assert.Same(host.Cache, host.Manager);
    }

    [Fact]
    public async Task Recording_StreamThatIsGenerated_IsRecordedOnceAtItsEnd()
    {
        await using var host = await OwnerHost.StartAsync();
        var token = TestContext.Current.CancellationToken;
        var log = host.Services.GetRequiredService<AspNetCore.Decisions.DecisionLog>();
        var begun = new TaskCompletionSource();
        var gate = new TaskCompletionSource();
        var starter = host.AskAsync(OwnerHost.France, async () =>
        {
            begun.SetResult();
            await gate.Task;
        });
        await begun.Task;

        var joined = await host.Cache.GetOrStreamAsync(OwnerHost.France, (_, _) => throw new InvalidOperationException("not needed"), token);
        Assert.Empty(log.Read(null));
        var reading = joined.ToListAsync(token);
        gate.SetResult();
        Assert.Equal("Paris", string.Concat((await reading).Select(update => update.Text)));
        await starter;

        Assert.Equal([SemanticCacheOutcome.Miss, SemanticCacheOutcome.Joined], log.Read(null).Select(decision => decision.Outcome).Order());
        Assert.Equal(SemanticCacheOutcome.Joined, joined.Result.Outcome);
    }

    [Fact]
    public async Task Recording_WithoutAScope_ThrowsAsTheCacheDoes()
    {
        await using var host = await OwnerHost.StartAsync(options => options.AllScopes = true, options => options.ShareAcrossCallers = false);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await host.Cache.LookupAsync(OwnerHost.France, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Page_WithoutALog_SaysSo()
    {
        await using var host = await OwnerHost.StartAsync(remembers: false);
        await host.AskAsync();

        Assert.False((await host.GetAsync("/decisions")).GetProperty("recorded").GetBoolean());
        Assert.Equal(1, (await host.GetAsync("/statistics")).GetProperty("outcomes").GetProperty("SemanticHit").GetInt64());
    }

    [Fact]
    public async Task KeyedCache_HasALogOfItsOwn()
    {
        await using var services = new ServiceCollection().AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(new TestEmbeddingGenerator())
            .AddKeyedRagCaching("faq", options => options.ShareAcrossCallers = true).AddDecisionLog().Services.BuildServiceProvider();

        await services.GetRequiredKeyedService<ISemanticCache>("faq").LookupAsync("Where?", TestContext.Current.CancellationToken);

        Assert.Single(services.GetRequiredKeyedService<AspNetCore.Decisions.DecisionLog>("faq").Read(null));
    }

    [Fact]
    public async Task Providers_OfOneCollection_HaveLogsOfTheirOwn()
    {
        var services = new ServiceCollection().AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(new TestEmbeddingGenerator()).AddRagCaching(options => options.ShareAcrossCallers = true).AddDecisionLog().Services;
        await using var one = services.BuildServiceProvider();
        await using var other = services.BuildServiceProvider();

        await one.GetRequiredService<ISemanticCache>().LookupAsync("Where?", TestContext.Current.CancellationToken);

        Assert.Single(one.GetRequiredService<AspNetCore.Decisions.DecisionLog>().Read(null));
        Assert.Empty(other.GetRequiredService<AspNetCore.Decisions.DecisionLog>().Read(null));
    }

    [Fact]
    public void AddDecisionLog_TwiceOrWithoutRoom_IsRefused()
    {
        Assert.Throws<InvalidOperationException>(() => new ServiceCollection().AddRagCaching().AddDecisionLog().AddDecisionLog());
        Assert.Throws<ArgumentOutOfRangeException>(() => new ServiceCollection().AddRagCaching().AddDecisionLog(options => options.Capacity = 0));
    }
}
