using Microsoft.Extensions.Logging;

namespace RagCaching.Diagnostics;

/// <summary>Every message the library logs. None of them carries a question, an answer, a vector, a key or a caller's identity.</summary>
internal static partial class Log
{
    public const int StorageFailedId = 1001;
    public const int UnknownEmbeddingModelId = 1002;

    [LoggerMessage(StorageFailedId, LogLevel.Warning, "The storage failed on {Operation}; the request goes on without it. Further failures are counted, and logged at most once a minute.")]
    public static partial void StorageFailed(ILogger logger, string operation, Exception? exception);

    [LoggerMessage(UnknownEmbeddingModelId, LogLevel.Warning, "The embedding generator does not tell its model. Vectors stay in this process and are not written to the storage. Set CachedEmbedderOptions.ModelId to share them.")]
    public static partial void UnknownEmbeddingModel(ILogger logger);
}
