using RagCaching.Diagnostics;
using RagCaching.Internal.Faults;
using RagCaching.Internal.Limits;

namespace RagCaching.Embeddings.Storage;

/// <summary>Makes the barriers that keep the faults of a storage from callers.</summary>
/// <remarks>
/// Reads, writes and removals have a barrier each, since they fail apart: a Redis server that is out of memory refuses writes and still
/// answers reads.
/// </remarks>
internal static class StorageBarriers
{
    private const int FailuresToOpen = 5;

    private static readonly TimeSpan BreakDuration = TimeSpan.FromSeconds(1);

    /// <summary>Makes the barrier of one kind of operation.</summary>
    /// <param name="operation">One of <see cref="TelemetryNames.Operations"/>.</param>
    /// <param name="limit">How long one operation may take.</param>
    /// <param name="reporting">Where failures are counted.</param>
    public static FaultBarrier New(string operation, TimeSpan limit, FaultReporting reporting) => new(
        operation,
        reporting,
        (logger, _, exception) => Log.StorageFailed(logger, operation, exception),
        limit,
        new CircuitBreaker(reporting.Time, BreakDuration, FailuresToOpen));
}
