using System.Net;
using System.Text.Json;
using RagCaching.AspNetCore.Tests.Hosting;

namespace RagCaching.AspNetCore.Tests.Endpoints;

public sealed class EntriesTests
{
    [Fact]
    public async Task Entries_PageByPage_AreAllThereOnceNewestFirst()
    {
        await using var host = await FilledAsync(25);

        var listed = new List<JsonElement>();
        string? after = null;
        do
        {
            var page = await host.GetAsync("/entries?limit=10" + (after is null ? "" : "&after=" + after));
            Assert.InRange(page.GetProperty("entries").GetArrayLength(), 1, 10);
            listed.AddRange(page.GetProperty("entries").EnumerateArray());
            after = page.GetProperty("next").GetString();
        }
        while (after is not null);

        Assert.Equal(25, listed.Select(entry => entry.GetProperty("entryId").GetString()).Distinct().Count());
        Assert.Equal(25, listed.Count);
        Assert.Equal(listed.Select(entry => entry.GetProperty("at").GetDateTimeOffset()).OrderDescending(), listed.Select(entry => entry.GetProperty("at").GetDateTimeOffset()));
    }

    [Fact]
    public async Task Entry_SaysWhatIsKnownOfIt()
    {
        await using var host = await OwnerHost.StartAsync(options => options.EnableSensitiveData = true);
        var (stored, _, _) = await host.AskAsync();
        await host.PostAsync("/report", $$"""{"entryId":"{{stored}}","question":"{{OwnerHost.Reworded}}","correct":true}""");

        var entry = Assert.Single((await host.GetAsync("/entries")).GetProperty("entries").EnumerateArray());

        Assert.Equal(stored, entry.GetProperty("entryId").GetString());
        Assert.Equal(OwnerHost.France, entry.GetProperty("question").GetProperty("text").GetString());
        Assert.Equal("Paris", entry.GetProperty("answer").GetProperty("text").GetString());
        Assert.Equal("gpt-test", entry.GetProperty("model").GetString());
        Assert.Equal(1_200, entry.GetProperty("tokens").GetInt64());
        Assert.Equal(1, entry.GetProperty("right").GetInt32());
        Assert.False(entry.GetProperty("curated").GetBoolean());
        Assert.True(entry.GetProperty("expiresAt").GetDateTimeOffset() > entry.GetProperty("at").GetDateTimeOffset());
        Assert.True(entry.GetProperty("bytes").GetInt64() > 0);
    }

    [Fact]
    public async Task Entries_WithoutSensitiveData_HoldLengths()
    {
        await using var host = await OwnerHost.StartAsync();
        await host.AskAsync();

        var list = await host.GetAsync("/entries");

        Assert.DoesNotContain("Paris", list.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("capital", list.ToString(), StringComparison.Ordinal);
        Assert.Equal("Paris".Length, list.GetProperty("entries")[0].GetProperty("answer").GetProperty("length").GetInt32());
    }

    [Fact]
    public async Task Entries_AreThoseThatTheFilterSelects()
    {
        await using var host = await FilledAsync(3);
        await host.PostAsync("/curate", """{"question":"Mine?","answer":"Yes.","tags":["checked"]}""");

        Assert.Equal(3, await CountAsync(host, "?tag=geography"));
        Assert.Equal(1, await CountAsync(host, "?tag=checked"));
        Assert.Equal(3, await CountAsync(host, "?modelId=gpt-test"));
        Assert.Equal(0, await CountAsync(host, "?sourceId=none"));
        Assert.Equal(0, await CountAsync(host, "?createdBy=nobody"));
        Assert.Equal(1, await CountAsync(host, "?curated=true"));
        Assert.Equal(3, await CountAsync(host, "?curated=false"));
    }

    [Fact]
    public async Task Entries_OfAnotherScope_AreNotListed()
    {
        var mine = CacheScope.For("mine");
        await using var host = await OwnerHost.StartAsync(options => options.Scope = _ => mine, options => options.ShareAcrossCallers = false);
        var (other, _, _) = await host.AskAsync(CacheScope.For("other"));

        Assert.Equal(0, await CountAsync(host, ""));
        Assert.Equal(HttpStatusCode.NotFound, (await host.SendAsync("/curate", $$"""{"entryId":"{{other}}","answer":"Mine."}""")).StatusCode);
        Assert.Equal("Paris", (await host.Cache.LookupAsync(new SemanticCacheQuery(OwnerHost.France) { Scope = CacheScope.For("other") }, TestContext.Current.CancellationToken)).Response?.Text);
        await host.AskAsync(mine);
        Assert.Equal(1, await CountAsync(host, ""));
    }

    [Fact]
    public async Task Pin_OfAnAnswer_KeepsItAndItsId()
    {
        await using var host = await OwnerHost.StartAsync(options => options.EnableSensitiveData = true);
        var (stored, _, _) = await host.AskAsync();

        var pinned = await host.PostAsync("/curate", $$"""{"entryId":"{{stored}}"}""");

        Assert.Equal(stored, pinned.GetProperty("entryId").GetString());
        var entry = (await host.GetAsync("/entries?curated=true")).GetProperty("entries")[0];
        Assert.Equal("Paris", entry.GetProperty("answer").GetProperty("text").GetString());
        Assert.Equal("gpt-test", entry.GetProperty("model").GetString());
        Assert.Equal(stored, (await host.Cache.LookupAsync(OwnerHost.Reworded, TestContext.Current.CancellationToken)).EntryId);
        Assert.Equal(1, await CountAsync(host, "?tag=geography"));
    }

    [Fact]
    public async Task Edit_OfAnAnswer_ReplacesItUnderItsQuestionAndItsTags()
    {
        await using var host = await OwnerHost.StartAsync();
        var stored = await host.Cache.GetOrCreateAsync(
            new SemanticCacheQuery(OwnerHost.France) { Partition = "help", Tags = ["geography"] },
            (_, _) => Task.FromResult(new Microsoft.Extensions.AI.ChatResponse(new Microsoft.Extensions.AI.ChatMessage(Microsoft.Extensions.AI.ChatRole.Assistant, "Lyon")) { FinishReason = Microsoft.Extensions.AI.ChatFinishReason.Stop, ModelId = "gpt-test" }),
            TestContext.Current.CancellationToken);

        var edited = (await host.PostAsync("/curate", $$"""{"entryId":"{{stored.EntryId}}","answer":"Paris, since 987."}""")).GetProperty("entryId").GetString();

        var served = await host.Cache.LookupAsync(new SemanticCacheQuery(OwnerHost.Reworded) { Partition = "help" }, TestContext.Current.CancellationToken);
        Assert.NotEqual(stored.EntryId, edited);
        Assert.Equal((edited, "Paris, since 987."), (served.EntryId, served.Response?.Text));
        Assert.Equal(1, await CountAsync(host, "?tag=geography&curated=true"));
        Assert.Equal(0, await CountAsync(host, "?modelId=gpt-test"));
        Assert.Equal(HttpStatusCode.NotFound, (await host.SendAsync("/curate", $$"""{"entryId":"{{stored.EntryId}}"}""")).StatusCode);
    }

    [Fact]
    public async Task Edit_ThatIsLargerThanTheCacheStores_IsRefused()
    {
        await using var host = await OwnerHost.StartAsync(cache: options => options.Limits.MaxAnswerBytes = 2_000);
        var (stored, _, _) = await host.AskAsync();

        using var response = await host.SendAsync("/curate", $$"""{"entryId":"{{stored}}","answer":"{{new string('a', 3_000)}}"}""");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("at most 2000", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("Paris", (await host.Cache.LookupAsync(OwnerHost.France, TestContext.Current.CancellationToken)).Response?.Text);
    }

    private static async Task<int> CountAsync(OwnerHost host, string query) => (await host.GetAsync("/entries" + query)).GetProperty("entries").GetArrayLength();

    private static async Task<OwnerHost> FilledAsync(int count)
    {
        var host = await OwnerHost.StartAsync(cache: options => options.ExactOnly = true);
        for (var i = 0; i < count; i++)
        {
            await host.AskAsync($"Question {i}?");
        }

        return host;
    }
}
