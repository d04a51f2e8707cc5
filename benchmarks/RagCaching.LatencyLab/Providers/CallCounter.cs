namespace RagCaching.LatencyLab.Providers;

/// <summary>Counts calls that leave for a model. Thread-safe.</summary>
internal sealed class CallCounter
{
    private long _embeddings;
    private long _chats;

    public CallCounts Counts => new(Interlocked.Read(ref _embeddings), Interlocked.Read(ref _chats));

    public void EmbeddingCalled() => Interlocked.Increment(ref _embeddings);

    public void ChatCalled() => Interlocked.Increment(ref _chats);
}
