namespace RagCaching.VectorData.Tests;

/// <summary>Entries and searches in which only what a test is about is named.</summary>
internal static class Some
{
    public static VectorEntry Entry(string id, float[] vector, string partition = "p", string[]? labels = null, DateTimeOffset? createdAt = null, TimeSpan? timeToLive = null)
    {
        var now = createdAt ?? TimeProvider.System.GetUtcNow();
        return new VectorEntry
        {
            Partition = partition,
            Id = id,
            Vector = vector,
            Metadata = "metadata"u8.ToArray(),
            Payload = "payload"u8.ToArray(),
            Labels = labels ?? [],
            CreatedAt = now,
            ExpiresAt = now + (timeToLive ?? TimeSpan.FromHours(1)),
        };
    }

    public static async Task<string[]> SearchAsync(IVectorStore store, float[] vector, int limit, string partition = "p")
    {
        var query = new VectorQuery { Partition = partition, Vector = vector, Limit = limit };
        return [.. (await store.SearchAsync(query, TestContext.Current.CancellationToken)).Select(match => match.Entry.Id)];
    }
}
