using CsCheck;
using Microsoft.Extensions.AI;

namespace RagCaching.Tests.Chat.Requests;

public sealed class RequestControlTests : IDisposable
{
    private readonly ChatClientFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task WithSemanticCache_Controls_ReachTheCacheAndNotTheInnerClient()
    {
        var options = new ChatOptions { AdditionalProperties = new() { ["mine"] = 1 } }.WithSemanticCache(request =>
        {
            request.Scope = CacheScope.For("tenant", "1:user");
            request.Tags.Add("prices");
            request.TimeToLive = TimeSpan.FromMinutes(1);
        });
        await _fixture.AskAsync("What is a cache?", options);

        var inner = Assert.Single(_fixture.Inner.Requests).Options!;
        Assert.Equal(["mine"], inner.AdditionalProperties!.Keys);
        Assert.False((await _fixture.AskAsync("What is a cache?", new ChatOptions { AdditionalProperties = new() { ["mine"] = 1 } })).GetSemanticCacheResult()!.IsHit);
        Assert.True((await _fixture.AskAsync("What is a cache?", options)).GetSemanticCacheResult()!.IsHit);
        Assert.Equal(1, await _fixture.Cache.Cache.RemoveWhereAsync(
            new EntryFilter { Scope = CacheScope.For("tenant", "1:user"), Tag = "prices" }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task WithSemanticCache_Question_ReplacesTheLastMessage()
    {
        static ChatOptions About(string question) => new ChatOptions().WithSemanticCache(request => request.Question = question);
        await _fixture.AskAsync("context one + What is a cache?", About("What is a cache?"));

        Assert.True((await _fixture.AskAsync("context two + What is a cache?", About("What is a cache?"))).GetSemanticCacheResult()!.IsHit);
    }

    [Fact]
    public async Task WithSemanticCache_Refresh_ReplacesTheAnswer()
    {
        await _fixture.AskAsync("What is a cache?");
        await _fixture.AskAsync("What is a cache?", new ChatOptions().WithSemanticCache(request => request.Mode = SemanticCacheMode.Refresh));

        Assert.Equal("answer 2", (await _fixture.AskAsync("What is a cache?")).Text);
    }

    [Fact]
    public async Task WithSemanticCache_MinimumSimilarity_RaisesTheFloor()
    {
        _fixture.Cache.SameMeaning("What is a cache?", "Explain caches to me");
        await _fixture.AskAsync("What is a cache?");

        var strict = await _fixture.AskAsync("Explain caches to me", new ChatOptions().WithSemanticCache(request => request.MinimumSimilarity = 1));

        Assert.Equal(SemanticCacheReason.BelowThreshold, strict.GetSemanticCacheResult()!.Reason);
    }

    [Fact]
    public void WithSemanticCache_Options_AreCopiedAndHoldPrimitivesOnly()
    {
        var options = new ChatOptions();

        var copy = options.WithSemanticCache(request =>
        {
            request.Scope = CacheScope.For("tenant");
            request.Question = "What is a cache?";
            request.Tags.Add("prices");
            request.TimeToLive = TimeSpan.FromMinutes(1);
            request.MinimumSimilarity = 0.9f;
        });

        Assert.Null(options.AdditionalProperties);
        Assert.All(copy.AdditionalProperties!.Values, value => Assert.True(value is string or double or float));
    }

    [Fact]
    public void WithSemanticCache_AnyTextsInScopeAndTags_RoundTrip()
    {
        Gen.String[1, 20].Where(text => !string.IsNullOrWhiteSpace(text)).Array[1, 4].Sample(texts =>
        {
            var options = new ChatOptions().WithSemanticCache(request =>
            {
                request.Scope = CacheScope.For(texts);
                foreach (var text in texts)
                {
                    request.Tags.Add(text);
                }
            });
            CacheScope? scope = null;
            string[] tags = [];
            options.WithSemanticCache(request => (scope, tags) = (request.Scope, [.. request.Tags]));
            return scope!.Equals(CacheScope.For(texts)) && tags.SequenceEqual(texts);
        });
    }

    [Theory]
    [InlineData("ragcaching.mode", "sideways")]
    [InlineData("ragcaching.mode", 1)]
    [InlineData("ragcaching.scope", "99:short")]
    [InlineData("ragcaching.scope", "x")]
    [InlineData("ragcaching.tags", "-1:")]
    [InlineData("ragcaching.ttl", "soon")]
    [InlineData("ragcaching.ttl", -1)]
    [InlineData("ragcaching.ttl", double.NaN)]
    [InlineData("ragcaching.question", 7)]
    [InlineData("ragcaching.minimum_similarity", true)]
    public async Task GetResponse_ControlWithAnotherValue_ThrowsAndNamesTheControlOnly(string name, object value)
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(
            () => _fixture.AskAsync("What is a cache?", new ChatOptions { AdditionalProperties = new() { [name] = value } }));

        Assert.Contains(name, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("What is a cache?", exception.Message, StringComparison.Ordinal);
    }
}
