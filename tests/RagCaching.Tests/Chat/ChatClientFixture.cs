using Microsoft.Extensions.AI;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Chat;

/// <summary>A caching chat client over doubles.</summary>
internal sealed class ChatClientFixture : IDisposable
{
    public ChatClientFixture(SemanticCachingChatClientOptions? options = null)
    {
        Options = options ?? new SemanticCachingChatClientOptions();
        Client = NewClient(Inner);
    }

    public CacheFixture Cache { get; } = new();

    public TestChatClient Inner { get; } = new();

    public SemanticCachingChatClientOptions Options { get; }

    public SemanticCachingChatClient Client { get; }

    /// <summary>Another client over the same cache.</summary>
    public SemanticCachingChatClient NewClient(TestChatClient inner) => new(inner, Cache.Cache, Options, Cache.Services);

    public async Task<ChatResponse> AskAsync(string question, ChatOptions? options = null) =>
        await AskAsync([new ChatMessage(ChatRole.User, question)], options);

    public async Task<ChatResponse> AskAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null) =>
        await Client.GetResponseAsync(messages, options, TestContext.Current.CancellationToken);

    public async Task<List<ChatResponseUpdate>> StreamAsync(string question, ChatOptions? options = null) =>
        await Client.GetStreamingResponseAsync(question, options, TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

    /// <summary>Asks the same question with both options and tells whether the second was answered from the first.</summary>
    public async Task<bool> SharesAsync(ChatOptions? first, ChatOptions? second)
    {
        await AskAsync("What is a cache?", first);
        return (await AskAsync("What is a cache?", second)).GetSemanticCacheResult()!.IsHit;
    }

    public void Dispose()
    {
        Client.Dispose();
        Cache.Dispose();
    }
}
