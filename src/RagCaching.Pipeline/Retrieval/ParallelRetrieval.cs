using RagCaching.Pipeline.Diagnostics;
using RagCaching.Pipeline.Faults;

namespace RagCaching.Pipeline.Retrieval;

/// <summary>Asks all retrievers at once and makes do with those that answer in time.</summary>
internal sealed class ParallelRetrieval(IReadOnlyList<IRetriever> retrievers, TimeSpan timeout, TimeProvider time, PipelineTelemetry telemetry)
{
    /// <summary>Retrieves.</summary>
    /// <exception cref="RetrievalException">Every retriever failed.</exception>
    public async Task<(IReadOnlyList<RankedChunk> Chunks, IReadOnlyList<RetrieverFailure> Failures)> RetrieveAsync(
        RetrievalRequest request, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(retrievers.Select(retriever => TrySearchAsync(retriever, request, cancellationToken))).ConfigureAwait(false);
        RetrieverFailure[] failures = [.. answers.Select(answer => answer.Failure).OfType<RetrieverFailure>()];
        return failures.Length > 0 && failures.Length == retrievers.Count
            ? throw new RetrievalException(failures)
            : (RankFusion.Fuse(answers.Select(answer => answer.Chunks), request.Limit), failures);
    }

    private async Task<(IReadOnlyList<RetrievedChunk> Chunks, RetrieverFailure? Failure)> TrySearchAsync(
        IRetriever retriever, RetrievalRequest request, CancellationToken cancellationToken)
    {
        using var activity = telemetry.StartRetriever(retriever.Name);
        return await FaultBarrier.RunAsync<(IReadOnlyList<RetrievedChunk>, RetrieverFailure?)>(
            async token => (Checked(retriever, await SearchAsync(retriever, request, token).ConfigureAwait(false)), null),
            exception =>
            {
                telemetry.RetrieverFailed(retriever.Name, exception, activity);
                return ([], new RetrieverFailure(retriever.Name, exception));
            },
            cancellationToken).ConfigureAwait(false);
    }

    private Task<IReadOnlyList<RetrievedChunk>> SearchAsync(IRetriever retriever, RetrievalRequest request, CancellationToken cancellationToken) =>
        TimeLimit.RunAsync(token => retriever.RetrieveAsync(request, token).AsTask(), timeout, time, $"The retriever '{retriever.Name}'", cancellationToken);

    private static IReadOnlyList<RetrievedChunk> Checked(IRetriever retriever, IReadOnlyList<RetrievedChunk>? chunks)
    {
        var fault = chunks is null ? "null instead of a list of chunks"
            : chunks.Contains(null) ? "a list that contains null"
            : chunks.Any(chunk => string.IsNullOrEmpty(chunk.Id) || string.IsNullOrEmpty(chunk.SourceId) || chunk.Text is null) ? "a chunk without an id, a source id or a text"
            : null;
        return fault is null ? chunks! : throw new InvalidOperationException($"The retriever '{retriever.Name}' returned {fault}.");
    }
}
