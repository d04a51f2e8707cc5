using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RagCaching.AspNetCore.Tests.Hosting;

namespace RagCaching.AspNetCore.Tests.Endpoints;

/// <summary>The page goes by the rules that the cache goes by, and by the options that it was mapped with.</summary>
public sealed class RulesTests
{
    [Fact]
    public async Task Sharing_ThatIsSwitchedOnLater_OpensNothing()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection().Build();
        await using var host = await OwnerHost.StartAsync(options => options.AllScopes = false, options => options.ShareAcrossCallers = false, services => services.Configure<SemanticCacheOptions>(configuration));
        await host.AskAsync(CacheScope.For("tenant"));

        configuration["ShareAcrossCallers"] = "true";
        configuration.Reload();

        using var response = await host.ClientOf("owner").GetAsync("/rag-cache/statistics", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Configuration_ThatIsNotValidAnyMore_LeavesPageAndHealthAsTheyWere()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection().Build();
        await using var host = await OwnerHost.StartAsync(services: services =>
        {
            services.Configure<SemanticCacheOptions>(configuration);
            services.AddHealthChecks().AddRagCaching();
        });
        await host.AskAsync();

        configuration["MinimumSimilarity"] = "7";

        // The monitor of the options throws at whoever reloads them, and in every request that asks it.
        Assert.Throws<AggregateException>(configuration.Reload);

        Assert.Equal(0.9f, (await host.GetAsync("/statistics")).GetProperty("cutOff").GetSingle());
        Assert.Equal(HealthStatus.Healthy, (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken)).Status);
    }

    [Fact]
    public async Task Options_ThatAreChangedAfterwards_ChangeNothing()
    {
        RagCachingEndpointOptions? kept = null;
        await using var host = await OwnerHost.StartAsync(options => (kept, options.AllScopes) = (options, false), options => options.ShareAcrossCallers = false);

        kept!.AllScopes = true;

        using var response = await host.ClientOf("owner").GetAsync("/rag-cache/statistics", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task SharedScope_WithoutAllScopes_HasItsOwnFiguresOnly()
    {
        await using var host = await OwnerHost.StartAsync(options => options.AllScopes = false);
        await host.AskAsync(CacheScope.For("tenant"));

        var statistics = await host.GetAsync("/statistics");

        Assert.Equal(JsonValueKind.Null, statistics.GetProperty("outcomes").ValueKind);
        Assert.Equal(JsonValueKind.Null, statistics.GetProperty("money").ValueKind);
        Assert.Equal(JsonValueKind.Null, statistics.GetProperty("store").ValueKind);
    }

    [Fact]
    public async Task UnpricedCalls_OfOtherScopes_AreForThoseWhoSeeAll()
    {
        var mine = CacheScope.For("mine");
        void Price(SemanticCacheOptions options) => options.Prices.Add(new ModelPrice { Model = "gpt-other", InputPerMillionTokens = 5, OutputPerMillionTokens = 15 });
        await using var one = await OwnerHost.StartAsync(options => options.Scope = _ => mine, Price);
        await using var all = await OwnerHost.StartAsync(cache: Price);
        await one.AskAsync(mine);
        await one.AskAsync(CacheScope.For("other"));
        await all.AskAsync();

        Assert.Equal(JsonValueKind.Null, (await one.GetAsync("/statistics")).GetProperty("money").GetProperty("unpricedCalls").ValueKind);
        Assert.True((await all.GetAsync("/statistics")).GetProperty("money").GetProperty("unpricedCalls").GetInt64() > 0);
    }

    [Theory]
    [InlineData("/remove", "")]
    [InlineData("/curate", "")]
    [InlineData("/report", ",\"question\":\"Whose?\",\"correct\":true")]
    public async Task Change_OfATenantsAnswerByWhoSeesAll_NamesTheFix(string path, string more)
    {
        await using var host = await OwnerHost.StartAsync();
        var (stored, _, _) = await host.AskAsync(CacheScope.For("tenant"));

        using var response = await host.SendAsync(path, $$"""{"entryId":"{{stored}}"{{more}}}""");

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Contains("RagCachingEndpointOptions.Scope", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
