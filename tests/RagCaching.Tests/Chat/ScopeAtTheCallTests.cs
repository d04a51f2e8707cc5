using Microsoft.Extensions.AI;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Chat;

/// <summary>A stream that one caller asks for and that is read while another one is current belongs to the one who asked.</summary>
public sealed class ScopeAtTheCallTests : IDisposable
{
    private readonly CacheFixture _fixture = new();
    private readonly TestChatClient _model = new();
    private CacheScope? _current = CacheScope.For("A");

    public ScopeAtTheCallTests() => _fixture.Services.Add<ICacheScopeProvider>(new TestScopeProvider(() => _current));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task GetStreamingResponse_ReadAfterTheCallerChanged_IsStoredForWhoAsked()
    {
        using var client = new SemanticCachingChatClient(_model, _fixture.NewCache(), services: _fixture.Services);
        var asked = client.GetStreamingResponseAsync("What is our budget?", cancellationToken: Token);
        _current = CacheScope.For("B");
        await asked.ToListAsync(Token);

        var b = await client.GetResponseAsync("What is our budget?", cancellationToken: Token);
        _current = CacheScope.For("A");
        var a = await client.GetResponseAsync("What is our budget?", cancellationToken: Token);

        Assert.False(b.GetSemanticCacheResult()!.IsHit);
        Assert.Equal("answer 1", a.Text);
    }

    [Fact]
    public async Task GetResponse_CallerChangesWhileTheTurnIsRewritten_IsStoredForWhoAsked()
    {
        var rewriting = new TaskCompletionSource<string?>();
        using var client = new SemanticCachingChatClient(
            _model, _fixture.NewCache(), new SemanticCachingChatClientOptions { Rewriting = { Rewriter = new SlowRewriter(rewriting.Task) } }, _fixture.Services);
        ChatMessage[] conversation = [new(ChatRole.User, "What budgets are there?"), new(ChatRole.Assistant, "Two."), new(ChatRole.User, "And the second one?")];
        var asked = client.GetResponseAsync(conversation, cancellationToken: Token);
        _current = CacheScope.For("B");
        rewriting.SetResult("What is the second budget?");
        await asked;

        var b = await client.GetResponseAsync(conversation, cancellationToken: Token);

        Assert.False(b.GetSemanticCacheResult()!.IsHit);
    }

    [Fact]
    public async Task GetOrStreamText_ReadAfterTheCallerChanged_IsStoredForWhoAsked()
    {
        using var cache = _fixture.NewCache();
        await AssertTextIsStoredForWhoAskedAsync(cache);
    }

    [Fact]
    public async Task GetOrStreamText_CacheOfAnotherType_IsStoredForWhoAsked()
    {
        using var cache = _fixture.NewCache();
        await AssertTextIsStoredForWhoAskedAsync(new Decorator(cache));
    }

    [Fact]
    public async Task GetStreamingResponse_CacheOfAnotherType_IsStoredForWhoAsked()
    {
        using var cache = _fixture.NewCache();
        using var client = new SemanticCachingChatClient(_model, new Decorator(cache), services: _fixture.Services);
        var asked = client.GetStreamingResponseAsync("What is our budget?", cancellationToken: Token);
        _current = CacheScope.For("B");
        await asked.ToListAsync(Token);

        Assert.False((await client.GetResponseAsync("What is our budget?", cancellationToken: Token)).GetSemanticCacheResult()!.IsHit);
    }

    [Fact]
    public void GetOrStreamText_NoScopeIsKnown_SaysSoAtTheCall()
    {
        _current = null;
        _fixture.Options.ShareAcrossCallers = false;
        using var cache = _fixture.NewCache();

        Assert.Throws<InvalidOperationException>(() => cache.GetOrStreamTextAsync("What is our budget?", token => Texts("Ten.", token), Token));
    }

    [Fact]
    public async Task GetStreamingResponse_RequestNamesItsScope_AsksNoProvider()
    {
        var asked = 0;
        _fixture.Services.Add<ICacheScopeProvider>(new TestScopeProvider(() =>
        {
            asked++;
            return CacheScope.For("A");
        }));
        using var client = new SemanticCachingChatClient(_model, _fixture.NewCache(), services: _fixture.Services);

        await client.GetStreamingResponseAsync("What?", new ChatOptions().WithSemanticCache(request => request.Scope = CacheScope.For("B")), Token).ToListAsync(Token);

        Assert.Equal(0, asked);
    }

    private static async IAsyncEnumerable<string> Texts(string text, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        yield return text;
    }

    private async Task AssertTextIsStoredForWhoAskedAsync(ISemanticCache cache)
    {
        var asked = cache.GetOrStreamTextAsync("What is our budget?", token => Texts("Ten.", token), Token);
        _current = CacheScope.For("B");
        await asked.ToListAsync(Token);

        Assert.False((await cache.LookupAsync("What is our budget?", Token)).IsHit);
        _current = CacheScope.For("A");
        Assert.True((await cache.LookupAsync("What is our budget?", Token)).IsHit);
    }

    private sealed class SlowRewriter(Task<string?> reply) : IQuestionRewriter
    {
        public ValueTask<string?> RewriteAsync(IReadOnlyList<ChatMessage> conversation, CancellationToken cancellationToken = default) => new(reply);
    }

    private sealed class Decorator(ISemanticCache inner) : ISemanticCache
    {
        public ValueTask<SemanticCacheResult> LookupAsync(SemanticCacheQuery query, CancellationToken cancellationToken = default) => inner.LookupAsync(query, cancellationToken);

        public ValueTask<SemanticCacheResult> GetOrCreateAsync(
            SemanticCacheQuery query, Func<SemanticCacheEntryContext, CancellationToken, Task<ChatResponse>> factory, CancellationToken cancellationToken = default) =>
            inner.GetOrCreateAsync(query, factory, cancellationToken);

        public ValueTask<SemanticCacheStreamingResult> GetOrStreamAsync(
            SemanticCacheQuery query, Func<SemanticCacheEntryContext, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> factory, CancellationToken cancellationToken = default) =>
            inner.GetOrStreamAsync(query, factory, cancellationToken);

        public ValueTask<string?> StoreAsync(SemanticCacheQuery query, ChatResponse response, CancellationToken cancellationToken = default) => inner.StoreAsync(query, response, cancellationToken);
    }
}
