using RagCaching.AspNetCore.Tests.Hosting;

namespace RagCaching.AspNetCore.Tests.Endpoints;

public sealed class ReadingTests
{
    [Fact]
    public async Task Statistics_AfterAHitAndANearMiss_CountThem()
    {
        await using var host = await OwnerHost.StartAsync(cache: options => options.ErrorBudget = null);
        await host.AskAsync();

        var statistics = await host.GetAsync("/statistics");

        Assert.Equal(1, statistics.GetProperty("outcomes").GetProperty("SemanticHit").GetInt64());
        Assert.Equal(2, statistics.GetProperty("outcomes").GetProperty("Miss").GetInt64());
        Assert.Equal(1, statistics.GetProperty("reasons").GetProperty("BelowThreshold").GetInt64());
        Assert.Equal(0.9f, statistics.GetProperty("cutOff").GetSingle());
        Assert.Equal(2, statistics.GetProperty("waiting").GetInt32());
        Assert.Equal(1, statistics.GetProperty("histogram").GetProperty("served")[48].GetInt32());
        Assert.Equal(1, statistics.GetProperty("histogram").GetProperty("refused")[44].GetInt32());
    }

    [Fact]
    public async Task Statistics_WithAnErrorBudget_SayItsLimitAndBound()
    {
        await using var host = await OwnerHost.StartAsync(cache: options => (options.MinimumSimilarity, options.ErrorBudget) = (null, new ErrorBudgetOptions { MaxErrorRate = 0.03 }));
        await host.AskAsync();

        var statistics = await host.GetAsync("/statistics");

        Assert.Equal(0.03, statistics.GetProperty("limit").GetDouble());
        Assert.Equal(1, statistics.GetProperty("budgets")[0].GetProperty("errorRateUpper").GetDouble());
        Assert.False(statistics.GetProperty("budgets")[0].GetProperty("isServing").GetBoolean());
    }

    [Fact]
    public async Task Decisions_ThatAreRefused_SayWhy()
    {
        await using var host = await OwnerHost.StartAsync(options => options.EnableSensitiveData = true);
        var (stored, _, _) = await host.AskAsync();

        var decision = Assert.Single((await host.GetAsync("/decisions?kind=refused")).GetProperty("decisions").EnumerateArray());

        Assert.Equal("BelowThreshold", decision.GetProperty("reason").GetString());
        Assert.Equal(0.88, decision.GetProperty("similarity").GetDouble(), 0.001);
        Assert.Equal(stored, decision.GetProperty("entryId").GetString());
        Assert.Equal(OwnerHost.Spain, decision.GetProperty("question").GetProperty("text").GetString());
        Assert.Equal(OwnerHost.France, decision.GetProperty("stored").GetProperty("text").GetString());
        Assert.Equal("SemanticHit", Assert.Single((await host.GetAsync("/decisions?kind=served")).GetProperty("decisions").EnumerateArray()).GetProperty("outcome").GetString());
        Assert.Single((await host.GetAsync("/decisions?limit=1")).GetProperty("decisions").EnumerateArray());
    }

    [Fact]
    public async Task Replies_WithoutSensitiveData_HoldNoTexts()
    {
        await using var host = await OwnerHost.StartAsync();
        await host.AskAsync();

        var replies = string.Concat(await host.GetAsync("/statistics"), await host.GetAsync("/decisions"), await host.PostAsync("/explain", $$"""{"question":"{{OwnerHost.Spain}}"}"""));
        using var export = await host.SendAsync("/export", "{}");

        Assert.Contains("BelowThreshold", replies, StringComparison.Ordinal);
        Assert.DoesNotContain("capital", replies, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Paris", replies, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, export.StatusCode);
        Assert.Contains($"\"length\":{OwnerHost.France.Length}", replies, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_OfANearMiss_NamesItsCandidateAndSteps()
    {
        await using var host = await OwnerHost.StartAsync(options => options.EnableSensitiveData = true);
        await host.AskAsync();

        var explanation = await host.PostAsync("/explain", $$"""{"question":"{{OwnerHost.Spain}}"}""");

        Assert.Equal("BelowThreshold", explanation.GetProperty("reason").GetString());
        Assert.Equal(OwnerHost.France, explanation.GetProperty("candidates")[0].GetProperty("question").GetProperty("text").GetString());
        Assert.Contains(explanation.GetProperty("steps").EnumerateArray(), step => step.GetProperty("name").GetString() == "search");
    }

    [Fact]
    public async Task Decisions_OfAnotherScope_AreNotSeen()
    {
        var mine = CacheScope.For("mine");
        await using var host = await OwnerHost.StartAsync(options => (options.EnableSensitiveData, options.Scope) = (true, _ => mine), options => options.ShareAcrossCallers = false);
        await host.AskAsync(CacheScope.For("other"));

        Assert.Empty((await host.GetAsync("/decisions")).GetProperty("decisions").EnumerateArray());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await host.GetAsync("/statistics")).GetProperty("outcomes").ValueKind);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await host.SendAsync("/report", """{"decision":2,"correct":false}""")).StatusCode);
        await host.AskAsync(mine);
        Assert.Equal(2, (await host.GetAsync("/decisions")).GetProperty("decisions").GetArrayLength());
    }

    [Fact]
    public async Task AllScopes_SeesThoseOfAll()
    {
        await using var host = await OwnerHost.StartAsync(options => options.AllScopes = true, options => options.ShareAcrossCallers = false);
        await host.AskAsync(CacheScope.For("one"));
        await host.AskAsync(CacheScope.For("two"));

        Assert.Equal(4, (await host.GetAsync("/decisions")).GetProperty("decisions").GetArrayLength());
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, (await host.SendAsync("/explain", """{"question":"Whose?"}""")).StatusCode);
    }

    [Fact]
    public async Task Page_AllowsOnlyItsOwnScript()
    {
        await using var host = await OwnerHost.StartAsync();

        using var response = await host.ClientOf("owner").GetAsync("/rag-cache", TestContext.Current.CancellationToken);

        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        Assert.DoesNotContain("https://", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
