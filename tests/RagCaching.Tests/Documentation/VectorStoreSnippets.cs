namespace RagCaching.Tests.Documentation;

internal static class VectorStoreSnippets
{
    public static async Task<IReadOnlyList<VectorMatch>> UsageAsync(ICachedEmbedder embedder)
    {
        using var store = new InMemoryVectorStore(new InMemoryVectorStoreOptions { MaxEntries = 50_000, MaxBytes = 512L << 20 });

        await store.UpsertAsync(new VectorEntry
        {
            Partition = "faq",
            Id = "opening-hours",
            Vector = await embedder.GenerateVectorAsync("When do you open?"),
            Payload = "We open at nine."u8.ToArray(),
            CreatedAt = TimeProvider.System.GetUtcNow(),
            ExpiresAt = TimeProvider.System.GetUtcNow().AddHours(24),
        });

        var matches = await store.SearchAsync(new VectorQuery
        {
            Partition = "faq",
            Vector = await embedder.GenerateVectorAsync("What are your opening hours?"),
            MinimumSimilarity = 0.9f,
            IncludePayload = true,
        });
        return matches;
    }

    public static async Task<IEnumerable<bool>> SearchManyAsync(InMemoryVectorStore store, float[][] vectors)
    {
        var results = await store.SearchManyAsync(
        [
            .. vectors.Select(vector => new VectorQuery { Partition = "faq", Vector = vector, MinimumSimilarity = 0.95f }),
        ]);

        var isNew = results.Select(matches => matches.Count == 0);
        return isNew;
    }
}
