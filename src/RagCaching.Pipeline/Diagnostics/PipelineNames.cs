namespace RagCaching.Pipeline.Diagnostics;

/// <summary>Names of the pipeline's instruments, spans, tags and tag values; stable, lowercase, dotted.</summary>
internal static class PipelineNames
{
    internal static class Instruments
    {
        public const string Duration = "ragcaching.pipeline.duration";
        public const string StageDuration = "ragcaching.pipeline.stage.duration";
        public const string Chunks = "ragcaching.pipeline.chunks";
        public const string RetrieverFailures = "ragcaching.pipeline.retriever.failures";
        public const string Escalations = "ragcaching.pipeline.escalations";
        public const string CacheRequests = "ragcaching.pipeline.cache.requests";
        public const string CacheFailures = "ragcaching.pipeline.cache.failures";
        public const string RerankerFailures = "ragcaching.pipeline.reranker.failures";
    }

    internal static class Tags
    {
        public const string PipelineName = "ragcaching.pipeline.name";
        public const string Stage = "ragcaching.pipeline.stage";
        public const string Outcome = "ragcaching.pipeline.outcome";
        public const string Retriever = "ragcaching.pipeline.retriever";
        public const string Model = "gen_ai.request.model";
        public const string ErrorType = "error.type";
        public const string CacheKind = "ragcaching.pipeline.cache.kind";
        public const string CacheResult = "ragcaching.pipeline.cache.result";
    }

    /// <summary>Values of <see cref="Tags.CacheKind"/>.</summary>
    internal static class CacheKinds
    {
        public const string Retrieval = "retrieval";
        public const string Reranking = "reranking";
    }

    /// <summary>Values of <see cref="Tags.CacheResult"/>.</summary>
    internal static class CacheResults
    {
        public const string ExactHit = "exact_hit";
        public const string SemanticHit = "semantic_hit";
        public const string Joined = "joined";
        public const string Miss = "miss";
        public const string SourceChanged = "source_changed";
        public const string Skipped = "skipped";
    }

    /// <summary>Meters of the stores in which retrieved chunks and scores are kept.</summary>
    internal static class Meters
    {
        public const string Retrieval = "RagCaching.Pipeline.Retrieval";
        public const string Reranking = "RagCaching.Pipeline.Reranking";
    }

    internal static class Stages
    {
        public const string Embedding = "embedding";
        public const string Lookup = "lookup";
        public const string Retrieval = "retrieval";
        public const string FirstToken = "first_token";
        public const string Generation = "generation";
    }

    internal static class Spans
    {
        public const string Answer = "ragcaching.pipeline.answer";
        public const string Retrieval = "ragcaching.pipeline.retrieval";
        public const string Retriever = "ragcaching.pipeline.retriever";
        public const string Reranking = "ragcaching.pipeline.reranking";
        public const string Generation = "ragcaching.pipeline.generation";
    }
}
