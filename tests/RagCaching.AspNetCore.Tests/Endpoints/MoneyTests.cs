using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using RagCaching.AspNetCore.Tests.Hosting;

namespace RagCaching.AspNetCore.Tests.Endpoints;

public sealed class MoneyTests
{
    [Fact]
    public async Task Statistics_WithPrices_SayWhatIsSavedAndSpent()
    {
        await using var host = await OwnerHost.StartAsync(cache: options => options.Prices.Add(new ModelPrice { Model = "gpt-test", InputPerMillionTokens = 5, OutputPerMillionTokens = 15 }));
        await host.AskAsync();

        var statistics = await host.GetAsync("/statistics");
        var money = statistics.GetProperty("money");

        // One hit: 1,000 tokens in and 200 out.
        Assert.True(money.GetProperty("priced").GetBoolean());
        Assert.Equal(1, money.GetProperty("saved").GetProperty("calls").GetInt64());
        Assert.Equal(1_000, money.GetProperty("saved").GetProperty("inputTokens").GetInt64());
        Assert.Equal(200, money.GetProperty("saved").GetProperty("outputTokens").GetInt64());
        Assert.Equal(0.008m, money.GetProperty("saved").GetProperty("cost").GetDecimal());
        Assert.Equal(money.GetProperty("saved").GetProperty("cost").GetDecimal() - money.GetProperty("spent").GetProperty("cost").GetDecimal(), money.GetProperty("netBenefit").GetDecimal());
        Assert.Contains(money.GetProperty("models").EnumerateArray(), model => model.GetProperty("model").GetString() == "gpt-test");
        Assert.Equal(1, statistics.GetProperty("store").GetProperty("entries").GetInt64());
        Assert.True(statistics.GetProperty("store").GetProperty("bytes").GetInt64() > 0);
        Assert.Equal(0, statistics.GetProperty("store").GetProperty("evictions").GetInt64());
    }

    [Fact]
    public async Task Statistics_OfAnswersThatTookTheirTime_SayWhatNobodyWaitedForAgain()
    {
        var time = new FakeTimeProvider();
        await using var host = await OwnerHost.StartAsync(services: services => services.AddSingleton<TimeProvider>(time));
        for (var i = 0; i < 2; i++)
        {
            await host.AskAsync(OwnerHost.France, () =>
            {
                time.Advance(TimeSpan.FromSeconds(83.25));
                return Task.CompletedTask;
            });
        }

        Assert.Equal(83.2, (await host.GetAsync("/statistics")).GetProperty("money").GetProperty("savedSeconds").GetDouble(), 6);
    }

    [Fact]
    public async Task Statistics_WithoutPrices_CountCallsAndTokens()
    {
        await using var host = await OwnerHost.StartAsync();
        await host.AskAsync();

        var money = (await host.GetAsync("/statistics")).GetProperty("money");

        Assert.False(money.GetProperty("priced").GetBoolean());
        Assert.Equal(1, money.GetProperty("saved").GetProperty("calls").GetInt64());
        Assert.Equal(0, money.GetProperty("netBenefit").GetDecimal());
    }

    [Fact]
    public async Task Statistics_ForOneScope_AreItsOwn()
    {
        var mine = CacheScope.For("mine");
        await using var host = await OwnerHost.StartAsync(options => options.Scope = _ => mine, options => options.ShareAcrossCallers = false);
        await host.AskAsync(CacheScope.For("other"));

        var nothing = await host.GetAsync("/statistics");
        await host.AskAsync(mine);
        var own = await host.GetAsync("/statistics");

        Assert.Equal(JsonValueKind.Null, nothing.GetProperty("money").ValueKind);
        Assert.Equal(JsonValueKind.Null, nothing.GetProperty("store").ValueKind);
        Assert.Equal(1, own.GetProperty("money").GetProperty("saved").GetProperty("calls").GetInt64());
        Assert.Equal(3, own.GetProperty("money").GetProperty("requests").GetInt64());
        Assert.Equal(JsonValueKind.Null, own.GetProperty("store").ValueKind);
    }

    [Fact]
    public async Task Statistics_ForAllScopes_AreOfAll()
    {
        await using var host = await OwnerHost.StartAsync(options => options.AllScopes = true, options => options.ShareAcrossCallers = false);
        await host.AskAsync(CacheScope.For("one"));
        await host.AskAsync(CacheScope.For("two"));

        Assert.Equal(2, (await host.GetAsync("/statistics")).GetProperty("money").GetProperty("saved").GetProperty("calls").GetInt64());
    }
}
