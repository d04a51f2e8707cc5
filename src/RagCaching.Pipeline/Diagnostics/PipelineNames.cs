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
    }

    internal static class Tags
    {
        public const string PipelineName = "ragcaching.pipeline.name";
        public const string Stage = "ragcaching.pipeline.stage";
        public const string Outcome = "ragcaching.pipeline.outcome";
        public const string Retriever = "ragcaching.pipeline.retriever";
        public const string Model = "gen_ai.request.model";
        public const string ErrorType = "error.type";
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
        public const string Generation = "ragcaching.pipeline.generation";
    }
}
