using RagCaching.Pipeline.Caching;
using RagCaching.Pipeline.Diagnostics;
using RagCaching.Pipeline.Models;
using RagCaching.Pipeline.Reranking;
using RagCaching.Pipeline.Selection;

namespace RagCaching.Pipeline.Running;

/// <summary>What all answers of a pipeline share.</summary>
internal sealed class PipelineParts
{
    public required RagPipelineOptions Options { get; init; }

    public required CachedRetrieval Retrieval { get; init; }

    public required RerankStep Reranking { get; init; }

    public required ChunkSelector Selector { get; init; }

    public required ModelCatalog Models { get; init; }

    public required ModelCaller Caller { get; init; }

    public required ICachedEmbedder? Embedder { get; init; }

    public required PipelineTelemetry Telemetry { get; init; }

    public required TimeProvider Time { get; init; }
}
