namespace RagCaching.AotTest;

/// <summary>A retriever made by dependency injection, which trimming must leave constructible.</summary>
internal sealed class FixedRetriever : IRetriever
{
    public string Name => "fixed";

    public ValueTask<IReadOnlyList<RetrievedChunk>> RetrieveAsync(RetrievalRequest request, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IReadOnlyList<RetrievedChunk>>([new() { Id = "fixed", Text = "A fixed text.", SourceId = "fixed" }]);
}
