using Microsoft.Extensions.Logging;

namespace RagCaching.VectorData.Diagnostics;

/// <summary>Every message about vector databases. None of them carries a question, an answer, a vector, a key or a name of a partition.</summary>
internal static partial class VectorDataLog
{
    public const int UncheckedId = 7001;
    public const int OutOfReachId = 7002;
    public const int NotSweptId = 7003;

    [LoggerMessage(UncheckedId, LogLevel.Warning, "There is no collection of the cache in the vector database yet, whose name would begin with '{CollectionName}', and it is not known which one will be needed, so whether the vector database can do what a cache needs is found out by the first answer that is stored. Set VectorDataOptions.Dimensions, without CollectionPerPartition, to have it checked at the start.")]
    public static partial void Unchecked(ILogger logger, string collectionName);

    [LoggerMessage(OutOfReachId, LogLevel.Warning, "The vector database did not answer at the start of the host ({ErrorType}); the host goes on, and every lookup is a miss until it does.")]
    public static partial void OutOfReach(ILogger logger, string errorType, Exception? exception);

    [LoggerMessage(NotSweptId, LogLevel.Warning, "Expired entries could not be deleted from the vector database ({ErrorType}) and stay in it, though none is served; it is tried again. Further failures are counted, and logged at most once a minute.")]
    public static partial void NotSwept(ILogger logger, string errorType, Exception? exception);
}
