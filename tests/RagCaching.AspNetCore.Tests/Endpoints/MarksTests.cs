using System.Text.Json;
using RagCaching.AspNetCore.Tests.Hosting;

namespace RagCaching.AspNetCore.Tests.Endpoints;

public sealed class MarksTests
{
    private const int MoreThanAnAnswerBears = 20;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Mark_OfAServedMatch_IsALabelOfTheBudget(bool isRight)
    {
        var (host, question, served) = await OwnerHost.StartLearntAsync();
        await using var started = host;
        var before = host.Labels;
        var decision = (await host.GetAsync("/decisions?kind=served&limit=1")).GetProperty("decisions")[0];
        Assert.Equal(question, decision.GetProperty("question").GetProperty("text").GetString());

        await MarkAsync(host, decision, isRight);

        Assert.Equal(before + 1, host.Labels);
        Assert.Equal(before + 1, (await host.GetAsync("/statistics")).GetProperty("budgets")[0].GetProperty("labels").GetInt32());
        var again = await host.Cache.LookupAsync(question, TestContext.Current.CancellationToken);
        Assert.Equal(isRight, again.EntryId == served.EntryId);
    }

    [Fact]
    public async Task Mark_OfRefusedMatchesAsWrong_LeavesTheAnswerAsItIs()
    {
        await using var host = await OwnerHost.StartAsync();
        await host.AskAsync();
        for (var i = 0; i < MoreThanAnAnswerBears; i++)
        {
            await host.Cache.LookupAsync($"{OwnerHost.Spain} ({i})", TestContext.Current.CancellationToken);
        }

        foreach (var refused in (await host.GetAsync("/decisions?kind=refused")).GetProperty("decisions").EnumerateArray())
        {
            Assert.Equal("Done", (await MarkAsync(host, refused, isRight: false)).GetProperty("status").GetString());
        }

        Assert.All((await host.GetAsync("/decisions?kind=refused")).GetProperty("decisions").EnumerateArray(), refused => Assert.False(refused.GetProperty("correct").GetBoolean()));
        Assert.True((await host.GetAsync("/decisions?kind=refused")).GetProperty("decisions").GetArrayLength() > MoreThanAnAnswerBears);
        var entry = Assert.Single((await host.GetAsync("/entries")).GetProperty("entries").EnumerateArray());
        Assert.Equal(0, entry.GetProperty("wrong").GetInt32());
        Assert.Equal(SemanticCacheReason.BelowThreshold, (await host.Cache.LookupAsync(OwnerHost.Spain, TestContext.Current.CancellationToken)).Reason);
    }

    [Fact]
    public async Task Mark_Twice_CountsOnce()
    {
        await using var host = await OwnerHost.StartAsync();
        await host.AskAsync();
        var served = (await host.GetAsync("/decisions?kind=served")).GetProperty("decisions")[0];

        await Task.WhenAll(MarkAsync(host, served, isRight: true), MarkAsync(host, served, isRight: true));
        Assert.Equal("Done", (await MarkAsync(host, served, isRight: true)).GetProperty("status").GetString());

        Assert.Equal(1, (await host.GetAsync("/entries")).GetProperty("entries")[0].GetProperty("right").GetInt32());
    }

    [Fact]
    public async Task Mark_OfAnAnswerThatIsGone_DoesNotStandAndWaitsNoLonger()
    {
        await using var host = await OwnerHost.StartAsync();
        var (stored, _, _) = await host.AskAsync();
        var served = (await host.GetAsync("/decisions?kind=served")).GetProperty("decisions")[0];
        await host.PostAsync("/remove", $$"""{"entryId":"{{stored}}"}""");

        var status = (await MarkAsync(host, served, isRight: true)).GetProperty("status").GetString();

        Assert.Equal("Unknown", status);
        Assert.Equal(JsonValueKind.Null, (await host.GetAsync("/decisions?kind=served")).GetProperty("decisions")[0].GetProperty("correct").ValueKind);
        Assert.Equal(1, (await host.GetAsync("/statistics")).GetProperty("waiting").GetInt32());
    }

    private static Task<JsonElement> MarkAsync(OwnerHost host, JsonElement decision, bool isRight) =>
        host.PostAsync("/report", $$"""{"decision":{{decision.GetProperty("id").GetInt64()}},"correct":{{(isRight ? "true" : "false")}}}""");
}
