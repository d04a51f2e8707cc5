using RagCaching.AspNetCore.Tests.Hosting;

namespace RagCaching.AspNetCore.Tests.Endpoints;

public sealed class MarksTests
{
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

        await host.PostAsync("/report", $$"""{"decision":{{decision.GetProperty("id").GetInt64()}},"correct":{{(isRight ? "true" : "false")}}}""");

        Assert.Equal(before + 1, host.Labels);
        Assert.Equal(before + 1, (await host.GetAsync("/statistics")).GetProperty("budgets")[0].GetProperty("labels").GetInt32());
        var again = await host.Cache.LookupAsync(question, TestContext.Current.CancellationToken);
        Assert.Equal(isRight, again.EntryId == served.EntryId);
    }
}
