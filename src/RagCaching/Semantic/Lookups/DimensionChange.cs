using BitFaster.Caching.Lru;
using RagCaching.Diagnostics;
using RagCaching.Internal.Faults;

namespace RagCaching.Semantic.Lookups;

/// <summary>Makes room in a partition whose entries were embedded by another model under the same name: until they are gone nothing in it can be found by meaning.</summary>
/// <remarks>
/// At most once a minute for each partition, so that two processes with two models, as during a deployment, do not empty it by turns with every request. Thread-safe.
/// </remarks>
internal sealed class DimensionChange(IVectorStore store, FaultReporting reporting)
{
    private const int RememberedPartitions = 1_024;
    private static readonly TimeSpan LeastInterval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentLru<string, long> _emptied = new(RememberedPartitions);
    private readonly FaultBarrier _removals = new(TelemetryNames.Operations.Remove, reporting);
    private bool _isNoted;

    /// <summary>Removes what a partition holds, unless that was done just now.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="dimensions">How many dimensions vectors have now.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Whether the partition was emptied.</returns>
    public async ValueTask<bool> TryMakeRoomAsync(string partition, int dimensions, CancellationToken cancellationToken)
    {
        if (_emptied.TryGet(partition, out var last) && reporting.Time.GetElapsedTime(last) < LeastInterval)
        {
            return false;
        }

        _emptied.AddOrUpdate(partition, reporting.Time.GetTimestamp());
        if (!Interlocked.Exchange(ref _isNoted, true))
        {
            Log.QuestionDimensionsChanged(reporting.Logger, dimensions);
        }

        return await _removals.RunAsync(
            static async (call, token) =>
            {
                await call.Store.RemoveWhereAsync(new VectorFilter { Partition = call.Partition }, token).ConfigureAwait(false);
                return true;
            },
            (Store: store, Partition: partition),
            fallback: false,
            cancellationToken).ConfigureAwait(false);
    }
}
