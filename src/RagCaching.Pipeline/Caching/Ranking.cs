using RagCaching.Pipeline.Retrieval;

namespace RagCaching.Pipeline.Caching;

/// <summary>What was retrieved for a question.</summary>
/// <param name="Question">The question that it was retrieved for: of a match by meaning, the earlier one.</param>
/// <param name="Chunks">The chunks, best first.</param>
/// <param name="Failures">The retrievers that it was made without.</param>
internal sealed record Ranking(string Question, IReadOnlyList<RankedChunk> Chunks, IReadOnlyList<RetrieverFailure> Failures);
