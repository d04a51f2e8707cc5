using Microsoft.Extensions.Logging;

namespace RagCaching.Pipeline.Diagnostics;

/// <summary>Every message the pipeline logs. None of them carries a question, an answer or a document.</summary>
internal static partial class PipelineLog
{
    public const int RetrieverFailedId = 4001;
    public const int EscalatedId = 4002;
    public const int NotDiversifiedId = 4003;
    public const int MixedVersionsId = 4004;

    [LoggerMessage(RetrieverFailedId, LogLevel.Warning, "The retriever '{Retriever}' failed ({ErrorType}); the answer is built without it.")]
    public static partial void RetrieverFailed(ILogger logger, string retriever, string errorType);

    [LoggerMessage(EscalatedId, LogLevel.Debug, "The model '{Model}' declined to answer, and '{EscalatedTo}' is asked.")]
    public static partial void Escalated(ILogger logger, string model, string escalatedTo);

    [LoggerMessage(NotDiversifiedId, LogLevel.Warning, "Chunks could not be embedded ({ErrorType}), so near duplicates among them stay.")]
    public static partial void NotDiversified(ILogger logger, string errorType);

    [LoggerMessage(MixedVersionsId, LogLevel.Debug, "An answer is not stored, since its chunks come from two versions of one source.")]
    public static partial void MixedVersions(ILogger logger);
}
