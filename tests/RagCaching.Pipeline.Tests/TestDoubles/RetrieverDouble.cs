namespace RagCaching.Pipeline.Tests.TestDoubles;

/// <summary>A retriever whose answer a test sets.</summary>
internal sealed class RetrieverDouble(string name) : IRetriever
{
    private int _calls;

    public string Name => name;

    public int Calls => Volatile.Read(ref _calls);

    public List<RetrievedChunk> Chunks { get; } = [];

    public Func<RetrievalRequest, CancellationToken, ValueTask<IReadOnlyList<RetrievedChunk>>>? Callback { get; set; }

    public CancellationToken LastToken { get; private set; }

    public static RetrievedChunk Chunk(string id, string? text = null, string? source = null, string? version = null, double? score = null) => new()
    {
        Id = id,
        Text = text ?? $"The text of {id}.",
        SourceId = source ?? $"source of {id}",
        SourceVersion = version,
        Score = score,
    };

    public ValueTask<IReadOnlyList<RetrievedChunk>> RetrieveAsync(RetrievalRequest request, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _calls);
        LastToken = cancellationToken;
        return Callback is { } callback ? callback(request, cancellationToken) : ValueTask.FromResult<IReadOnlyList<RetrievedChunk>>([.. Chunks]);
    }
}
