using System.Net;
using RagCaching.AspNetCore.Tests.Hosting;

namespace RagCaching.AspNetCore.Tests.Endpoints;

public sealed class ChangingTests
{
    [Fact]
    public async Task Report_OfAServedMatchAsWrong_KeepsItFromThatQuestion()
    {
        await using var host = await OwnerHost.StartAsync();
        await host.AskAsync();
        var served = (await host.GetAsync("/decisions?kind=served")).GetProperty("decisions")[0].GetProperty("id").GetInt64();

        var reply = await host.PostAsync("/report", $$"""{"decision":{{served}},"correct":false}""");
        var again = await host.Cache.LookupAsync(OwnerHost.Reworded, TestContext.Current.CancellationToken);

        Assert.Equal("Done", reply.GetProperty("status").GetString());
        Assert.Equal(SemanticCacheReason.ReportedWrong, again.Reason);
        Assert.DoesNotContain((await host.GetAsync("/decisions?kind=queue")).GetProperty("decisions").EnumerateArray(), decision => decision.GetProperty("id").GetInt64() == served);
    }

    [Fact]
    public async Task Report_OfAnAnswerToItsOwnQuestion_RemovesIt()
    {
        await using var host = await OwnerHost.StartAsync();
        var (stored, _, _) = await host.AskAsync();

        await host.PostAsync("/report", $$"""{"entryId":"{{stored}}","question":"{{OwnerHost.France}}","correct":false}""");

        Assert.False((await host.Cache.LookupAsync(OwnerHost.France, TestContext.Current.CancellationToken)).IsHit);
    }

    [Fact]
    public async Task Remove_OfAnAnswer_SaysWhetherItWasThere()
    {
        await using var host = await OwnerHost.StartAsync();
        var (stored, _, _) = await host.AskAsync();

        Assert.Equal("Done", (await host.PostAsync("/remove", $$"""{"entryId":"{{stored}}"}""")).GetProperty("status").GetString());
        Assert.Equal("Unknown", (await host.PostAsync("/remove", $$"""{"entryId":"{{stored}}"}""")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Remove_OfAnAnswerOfAnotherScope_LooksUnknown()
    {
        await using var host = await OwnerHost.StartAsync(options => options.Scope = _ => CacheScope.For("mine"), options => options.ShareAcrossCallers = false);
        var (stored, _, _) = await host.AskAsync(CacheScope.For("other"));

        Assert.Equal("Unknown", (await host.PostAsync("/remove", $$"""{"entryId":"{{stored}}"}""")).GetProperty("status").GetString());
        Assert.Equal(0, (await host.PostAsync("/invalidate", """{"everything":true,"dryRun":false}""")).GetProperty("count").GetInt64());
        Assert.True((await host.Cache.LookupAsync(new SemanticCacheQuery(OwnerHost.France) { Scope = CacheScope.For("other") }, TestContext.Current.CancellationToken)).IsHit);
    }

    [Fact]
    public async Task Invalidate_CountsFirst_AndRemovesWhenTold()
    {
        await using var host = await OwnerHost.StartAsync();
        await host.AskAsync();

        Assert.Equal(1, (await host.PostAsync("/invalidate", """{"tag":"geography"}""")).GetProperty("count").GetInt64());
        Assert.Equal(0, (await host.PostAsync("/invalidate", """{"tag":"history"}""")).GetProperty("count").GetInt64());
        Assert.True((await host.Cache.LookupAsync(OwnerHost.France, TestContext.Current.CancellationToken)).IsHit);

        Assert.Equal(1, (await host.PostAsync("/invalidate", """{"tag":"geography","dryRun":false}""")).GetProperty("count").GetInt64());
        Assert.False((await host.Cache.LookupAsync(OwnerHost.France, TestContext.Current.CancellationToken)).IsHit);
    }

    [Fact]
    public async Task Curate_ReplacesTheAnswer()
    {
        await using var host = await OwnerHost.StartAsync();
        await host.AskAsync();

        await host.PostAsync("/curate", $$"""{"question":"{{OwnerHost.France}}","answer":"Paris, since 987.","tags":["checked"]}""");

        Assert.Equal("Paris, since 987.", (await host.Cache.LookupAsync(OwnerHost.France, TestContext.Current.CancellationToken)).Response?.Text);
        Assert.Equal(1, (await host.PostAsync("/invalidate", """{"tag":"checked"}""")).GetProperty("count").GetInt64());
    }

    [Fact]
    public async Task Export_HoldsWhatTheFilterSelects()
    {
        await using var host = await OwnerHost.StartAsync(options => options.EnableSensitiveData = true);
        await host.AskAsync();

        using var all = await host.SendAsync("/export", """{"tag":"geography"}""");
        using var none = await host.SendAsync("/export", """{"tag":"history"}""");

        Assert.Equal("application/jsonl", all.Content.Headers.ContentType?.MediaType);
        Assert.Equal(2, Lines(await all.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        Assert.Equal(1, Lines(await none.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Change_WithoutHeaderOrJson_IsRefused()
    {
        await using var host = await OwnerHost.StartAsync();
        await host.AskAsync();

        using var withoutHeader = await host.SendAsync("/invalidate", """{"everything":true,"dryRun":false}""", hasHeader: false);
        using var asText = await host.SendAsync("/invalidate", """{"everything":true,"dryRun":false}""", mediaType: "text/plain");
        using var read = await host.ClientOf("owner").GetAsync("/rag-cache/invalidate?everything=true&dryRun=false", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, withoutHeader.StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, asText.StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, read.StatusCode);
        Assert.True((await host.Cache.LookupAsync(OwnerHost.France, TestContext.Current.CancellationToken)).IsHit);
    }

    private static int Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
}
