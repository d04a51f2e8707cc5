using Microsoft.Extensions.AI;
using RagCaching.Tests.Semantic;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Chat;

/// <summary>Runs alone, because a listener of another test hears this one's requests too and makes them allocate.</summary>
[Collection(nameof(SemanticCacheAllocationTests))]
public sealed class ChatHitAllocationTests
{
    // The answer as the caller's own copy with its marker, the request as it is compared, and the tasks of both.
    private const int MostBytesPerHit = 3_376;

    [Fact]
    public void GetResponse_ExactHit_AllocatesTheAnswerAndLittleElse()
    {
        using var store = new InMemoryVectorStore();
        var cache = new SemanticCache(new TestEmbeddingGenerator(), store, new SemanticCacheOptions { ShareAcrossCallers = true });
        using var client = new SemanticCachingChatClient(new TestChatClient(), cache);
        ChatMessage[] messages = [new(ChatRole.System, "Be kind."), new(ChatRole.User, "What is a cache?")];
        var options = new ChatOptions { Temperature = 0 };
        Ask(client, messages, options);

        Assert.InRange(Allocations.BytesPerCall(MostBytesPerHit, () => Ask(client, messages, options)), 1, MostBytesPerHit);
    }

    private static void Ask(SemanticCachingChatClient client, ChatMessage[] messages, ChatOptions options)
    {
        // Over a store in memory and doubles nothing waits, so everything happens on this thread.
        if (!client.GetResponseAsync(messages, options, CancellationToken.None).IsCompletedSuccessfully)
        {
            Assert.Fail("The request did not complete at once.");
        }
    }
}
