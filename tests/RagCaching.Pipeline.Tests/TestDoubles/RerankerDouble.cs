namespace RagCaching.Pipeline.Tests.TestDoubles;

/// <summary>A reranker whose scores a test sets; by default it turns the order round.</summary>
internal sealed class RerankerDouble : IReranker
{
    private int _calls;

    public string Name { get; set; } = "reverse";

    public int Calls => Volatile.Read(ref _calls);

    public List<string> Questions { get; } = [];

    public Func<IReadOnlyList<RetrievedChunk>, CancellationToken, ValueTask<IReadOnlyList<RerankedChunk>>>? Callback { get; set; }

    public ValueTask<IReadOnlyList<RerankedChunk>> RerankAsync(string question, IReadOnlyList<RetrievedChunk> chunks, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _calls);
        lock (Questions)
        {
            Questions.Add(question);
        }

        return Callback is { } callback ? callback(chunks, cancellationToken) : new([.. chunks.Index().Select(item => new RerankedChunk(item.Item, 0.9 + (item.Index / 100.0)))]);
    }
}
