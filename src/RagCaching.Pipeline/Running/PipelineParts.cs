using RagCaching.Pipeline.Diagnostics;
using RagCaching.Pipeline.Models;
using RagCaching.Pipeline.Retrieval;
using RagCaching.Pipeline.Selection;

namespace RagCaching.Pipeline.Running;

/// <summary>What all answers of a pipeline share.</summary>
internal sealed record PipelineParts(
    RagPipelineOptions Options,
    ParallelRetrieval Retrieval,
    ChunkSelector Selector,
    ModelCatalog Models,
    ModelCaller Caller,
    ICachedEmbedder? Embedder,
    PipelineTelemetry Telemetry,
    TimeProvider Time);
