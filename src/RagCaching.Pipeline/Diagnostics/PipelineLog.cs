using Microsoft.Extensions.Logging;

namespace RagCaching.Pipeline.Diagnostics;

/// <summary>Every message the pipeline logs. None of them carries a question, an answer or a document.</summary>
internal static partial class PipelineLog
{
    public const int RetrieverFailedId = 4001;
    public const int EscalatedId = 4002;
    public const int NotDiversifiedId = 4003;
    public const int MixedVersionsId = 4004;
    public const int MixedVersionsSeenId = 4005;
    public const int UnknownVersionId = 4006;
    public const int SmallModelRarelyFitsId = 4007;
    public const int ScopeProviderFailedId = 4008;
    public const int RerankerFailedId = 4009;
    public const int CacheFailedId = 4010;
    public const int RetrievalNotSharedId = 4011;

    [LoggerMessage(RetrieverFailedId, LogLevel.Warning, "The retriever '{Retriever}' failed ({ErrorType}); the answer is built without it.")]
    public static partial void RetrieverFailed(ILogger logger, string retriever, string errorType);

    [LoggerMessage(EscalatedId, LogLevel.Debug, "The model '{Model}' declined to answer, and '{EscalatedTo}' is asked.")]
    public static partial void Escalated(ILogger logger, string model, string escalatedTo);

    [LoggerMessage(NotDiversifiedId, LogLevel.Warning, "Chunks could not be embedded ({ErrorType}), so near duplicates among them stay.")]
    public static partial void NotDiversified(ILogger logger, string errorType);

    [LoggerMessage(MixedVersionsId, LogLevel.Debug, "An answer is not stored, since its chunks come from two versions of one source.")]
    public static partial void MixedVersions(ILogger logger);

    [LoggerMessage(MixedVersionsSeenId, LogLevel.Warning, "Retrievers return chunks of two versions of one source. Such answers are not stored; update both indexes when a source changes. Said once.")]
    public static partial void MixedVersionsSeen(ILogger logger);

    [LoggerMessage(UnknownVersionId, LogLevel.Information, "Of the chunks of one source some have a SourceVersion and some have none; the known version counts for all of them. Let every retriever set it. Said once.")]
    public static partial void UnknownVersion(ILogger logger);

    [LoggerMessage(SmallModelRarelyFitsId, LogLevel.Warning, "The small model may have {Allowed} chunks, and up to {Chosen} are chosen for a question, so it is asked only where fewer were found. Set SmallModelSelectorOptions.MaxChunks and RagPipelineOptions.Selection.MaxChunks to fit together.")]
    public static partial void SmallModelRarelyFits(ILogger logger, int allowed, int chosen);

    [LoggerMessage(ScopeProviderFailedId, LogLevel.Warning, "The ICacheScopeProvider failed ({ErrorType}), so it is unknown who asks, and a question that names no scope of its own is not answered.")]
    public static partial void ScopeProviderFailed(ILogger logger, string errorType);

    [LoggerMessage(RerankerFailedId, LogLevel.Warning, "The reranker '{Reranker}' failed ({ErrorType}); the chunks stay in the order of the retrieval.")]
    public static partial void RerankerFailed(ILogger logger, string reranker, string errorType);

    [LoggerMessage(CacheFailedId, LogLevel.Warning, "The pipeline's cache of {Kind} results failed ({ErrorType}); the question is treated as one that was not asked before.")]
    public static partial void CacheFailed(ILogger logger, string kind, string errorType);

    [LoggerMessage(RetrievalNotSharedId, LogLevel.Warning, "A question has no scope, so its chunks are not kept. Register an ICacheScopeProvider, set the scope of the request, or set RagPipelineOptions.RetrievalCache.ShareAcrossCallers where all callers may see the same documents. Said once.")]
    public static partial void RetrievalNotShared(ILogger logger);
}
