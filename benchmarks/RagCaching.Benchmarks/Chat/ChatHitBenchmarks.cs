using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using RagCaching.Benchmarks.Embeddings;

namespace RagCaching.Benchmarks.Chat;

/// <summary>
/// A cached answer of about 1,000 characters through the chat client: the same question (which the cache of Microsoft.Extensions.AI can answer too), a re-wording
/// that was served before, and a re-wording with embedding (cached in memory) and search. All of them return the answer as the caller's own copy.
/// </summary>
[MemoryDiagnoser]
public class ChatHitBenchmarks
{
    private const string Known = "How do I reset my password?";

    private readonly SemanticCacheQuery _aliased = new("I forgot my password, what now?");
    private IChatClient _peer = null!;
    private IChatClient _ours = null!;
    private SemanticCache _cache = null!;
    private SemanticCacheQuery[] _reworded = null!;
    private int _next;

    /// <summary>The number of stored answers.</summary>
    [Params(1_000, 10_000)]
    public int Entries { get; set; }

    [GlobalSetup]
    public async Task Fill()
    {
        var options = new SemanticCacheOptions { ShareAcrossCallers = true, MinimumSimilarity = -1 };
        var embedder = new CachedEmbedder(new SeededGenerator(768), options: new CachedEmbedderOptions { LocalCapacity = 2 * 65_536 });
        _cache = new SemanticCache(embedder, new InMemoryVectorStore(), options);
        _ours = new FixedChatClient().AsBuilder().UseSemanticCache(_cache).Build();
        _peer = new FixedChatClient().AsBuilder().UseDistributedCache(new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions()))).Build();

        for (var i = 0; i < Entries; i++)
        {
            await _cache.StoreAsync($"question number {i}", FixedChatClient.Answer());
        }

        await _ours.GetResponseAsync(Known);
        await _peer.GetResponseAsync(Known);
        await _cache.LookupAsync(_aliased);

        // More re-wordings than aliases are kept: each is asked again only after it was forgotten, but its embedding is in memory.
        _reworded = [.. Enumerable.Range(0, 65_536).Select(i => new SemanticCacheQuery($"re-wording {i}"))];
        await embedder.GenerateAsync(_reworded.Select(query => query.Question));
    }

    [Benchmark(Baseline = true)]
    public Task<ChatResponse> MicrosoftExtensionsAI() => _peer.GetResponseAsync(Known);

    [Benchmark]
    public Task<ChatResponse> SameQuestion() => _ours.GetResponseAsync(Known);

    [Benchmark]
    public ValueTask<SemanticCacheResult> RewordingServedBefore() => _cache.LookupAsync(_aliased);

    [Benchmark]

    public ValueTask<SemanticCacheResult> NewRewording() => _cache.LookupAsync(_reworded[_next++ & 65_535]);

    private sealed class FixedChatClient : IChatClient
    {
        public static ChatResponse Answer() => new(new ChatMessage(ChatRole.Assistant, new string('x', 1_000))) { FinishReason = ChatFinishReason.Stop, ModelId = "fixed" };

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(Answer());

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Answer().ToChatResponseUpdates().ToAsyncEnumerable();

        public object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("fixed", null, "fixed") : null;

        public void Dispose()
        {
        }
    }
}
