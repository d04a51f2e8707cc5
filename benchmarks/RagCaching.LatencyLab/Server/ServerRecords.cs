using System.Collections.Concurrent;

namespace RagCaching.LatencyLab.Server;

/// <summary>What the server saw, for comparison with what its clients say. Thread-safe.</summary>
internal sealed class ServerRecords
{
    private readonly ConcurrentDictionary<string, long> _firstTokens = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ServerUsage> _answers = new(StringComparer.Ordinal);
    private long _embeddingCalls;
    private long _embeddedTokens;
    private long _chatCalls;
    private long _openStreams;

    public long EmbeddingCalls => Interlocked.Read(ref _embeddingCalls);

    public long ChatCalls => Interlocked.Read(ref _chatCalls);

    /// <summary>Gets the tokens that were embedded.</summary>
    public long EmbeddedTokens => Interlocked.Read(ref _embeddedTokens);

    /// <summary>Gets the calls and the tokens of all answers.</summary>
    public ServerUsage Chat => _answers.Values.Aggregate(default(ServerUsage), static (sum, one) => sum + one);

    /// <summary>Remembers the tokens of an answer.</summary>
    public void Answered(string responseId, int inputTokens, int outputTokens) => _answers[responseId] = new ServerUsage(1, inputTokens, outputTokens);

    /// <summary>Counts tokens that were embedded.</summary>
    public void Embedded(int tokens) => Interlocked.Add(ref _embeddedTokens, tokens);

    /// <summary>Gets the tokens of an answer; none of one that the server did not give.</summary>
    public ServerUsage UsageOf(string responseId) => _answers.GetValueOrDefault(responseId);

    /// <summary>Streams whose last token was not handed to the socket yet.</summary>
    public long OpenStreams => Interlocked.Read(ref _openStreams);

    public void EmbeddingCalled() => Interlocked.Increment(ref _embeddingCalls);

    /// <summary>Counts a chat call.</summary>
    /// <returns>Its number.</returns>
    public long ChatCalled() => Interlocked.Increment(ref _chatCalls);

    public void StreamOpened() => Interlocked.Increment(ref _openStreams);

    public void StreamClosed() => Interlocked.Decrement(ref _openStreams);

    /// <summary>Remembers when the first token of a stream was handed to the socket.</summary>
    public void FirstTokenSent(string responseId, long timestamp) => _firstTokens[responseId] = timestamp;

    public long? FirstTokenSentAt(string responseId) => _firstTokens.TryGetValue(responseId, out var timestamp) ? timestamp : null;
}
