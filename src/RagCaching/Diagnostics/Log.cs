using Microsoft.Extensions.Logging;

namespace RagCaching.Diagnostics;

/// <summary>Every message the library logs. None of them carries a question, an answer, a vector, a key or a caller's identity.</summary>
internal static partial class Log
{
    public const int StorageFailedId = 1001;
    public const int UnknownEmbeddingModelId = 1002;
    public const int UnreadableEmbeddingId = 1003;
    public const int UncacheableEmbeddingOptionsId = 1004;
    public const int EmbeddingDimensionsChangedId = 1005;

    [LoggerMessage(StorageFailedId, LogLevel.Warning, "The storage failed on {Operation}; the request goes on without it. Further failures are counted, and logged at most once a minute.")]
    public static partial void StorageFailed(ILogger logger, string operation, Exception? exception);

    [LoggerMessage(UnknownEmbeddingModelId, LogLevel.Warning, "The embedding generator does not tell its model. Vectors stay in this process and are not written to the storage. Set CachedEmbedderOptions.ModelId to share them.")]
    public static partial void UnknownEmbeddingModel(ILogger logger);

    [LoggerMessage(UnreadableEmbeddingId, LogLevel.Warning, "An embedding in the storage cannot be used ({Fault}); it counts as a miss and is overwritten. Further ones are counted, and logged at most once a minute.")]
    public static partial void UnreadableEmbedding(ILogger logger, string fault);

    [LoggerMessage(UncacheableEmbeddingOptionsId, LogLevel.Warning, "Embedding requests bypass the cache: their options have a RawRepresentationFactory or an additional property of a type that cannot be a part of a key. Use texts, numbers, flags, enumerations or lists of texts. Logged once.")]
    public static partial void UncacheableEmbeddingOptions(ILogger logger);

    [LoggerMessage(EmbeddingDimensionsChangedId, LogLevel.Warning, "The embedding generator now returns {Dimensions} dimensions where it returned another number before: the model behind the same name has changed. Embeddings of the old one are generated anew. Logged at most once a minute.")]
    public static partial void EmbeddingDimensionsChanged(ILogger logger, int dimensions);
}
