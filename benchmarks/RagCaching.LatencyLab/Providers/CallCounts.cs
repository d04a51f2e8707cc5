namespace RagCaching.LatencyLab.Providers;

/// <summary>Calls of the two models up to one moment.</summary>
internal readonly record struct CallCounts(long Embeddings, long Chats)
{
    public static CallCounts operator -(CallCounts later, CallCounts earlier) =>
        new(later.Embeddings - earlier.Embeddings, later.Chats - earlier.Chats);
}
