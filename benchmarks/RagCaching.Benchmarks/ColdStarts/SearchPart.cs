using RagCaching.Benchmarks.VectorStores;

namespace RagCaching.Benchmarks.ColdStarts;

/// <summary>A search in 200,000 vectors. The store is filled and indexed before, so what writes use is compiled already, as it is in a process that fills its cache before anybody asks.</summary>
internal sealed class SearchPart : IColdPart
{
    private const string Partition = "benchmark";
    private const int Entries = 200_000;
    private const int Dimensions = 768;
    private const float Floor = 0.9f;

    private readonly InMemoryVectorStore _store = new(new InMemoryVectorStoreOptions { MaxEntries = Entries, MaxBytes = long.MaxValue, MaxSearchParallelism = 1 });
    private VectorQuery[] _queries = [];

    private SearchPart()
    {
    }

    public int Calls => 4_000;

    public static async Task<SearchPart> CreateAsync()
    {
        var part = new SearchPart();
        var data = new EmbeddingLikeData(DataProfile.Te3, Dimensions, seed: 7);
        var now = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < Entries; i++)
        {
            await part._store.UpsertAsync(new VectorEntry { Partition = Partition, Id = $"{i}", Vector = data.Next(), CreatedAt = now, ExpiresAt = now.AddDays(1) });
        }

        await part._store.WhenIndexedAsync();
        part._queries = [.. Enumerable.Range(0, 100).Select(_ => new VectorQuery { Partition = Partition, Vector = data.Next(), MinimumSimilarity = Floor })];
        return part;
    }

    public void Call(int input)
    {
        if (input >= 0)
        {
            End(_store.SearchAsync(_queries[input]));
        }
    }

    public void Dispose() => _store.Dispose();

    private static void End(ValueTask<IReadOnlyList<VectorMatch>> call)
    {
        if (!call.IsCompletedSuccessfully)
        {
            throw new InvalidOperationException("A call in memory waits for nothing.");
        }
    }
}
