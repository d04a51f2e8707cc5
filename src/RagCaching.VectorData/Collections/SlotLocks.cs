using System.Diagnostics.CodeAnalysis;
using RagCaching.VectorData.Records;

namespace RagCaching.VectorData.Collections;

/// <summary>Lets one writer of this process at a time work on a record, or on all records of a range of slots.</summary>
/// <remarks>A range takes its locks in ascending order, and a record takes one only, so nobody waits in a circle.</remarks>
[SuppressMessage("Reliability", "CA1001:Types that own disposable fields should be disposable", Justification = "The semaphores' wait handles are never asked for: there is nothing to dispose.")]
internal sealed class SlotLocks
{
    private const int Count = 64;
    private const long SlotsPerLock = EntryNames.Slots / Count;

    private readonly SemaphoreSlim[] _locks = [.. Enumerable.Range(0, Count).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Waits for the record in a slot to be free.</summary>
    public Task<Holder> EnterAsync(long slot, CancellationToken cancellationToken) => EnterAsync(slot, slot + 1, cancellationToken);

    /// <summary>Waits for all records of a range to be free.</summary>
    /// <param name="from">The first slot.</param>
    /// <param name="to">The one after the last.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task<Holder> EnterAsync(long from, long to, CancellationToken cancellationToken)
    {
        var first = (int)(from / SlotsPerLock);
        var last = (int)((to - 1) / SlotsPerLock);
        var holder = new Holder(_locks, first, first);
        try
        {
            for (var i = first; i <= last; i++)
            {
                await _locks[i].WaitAsync(cancellationToken).ConfigureAwait(false);
                holder = new Holder(_locks, first, i + 1);
            }
        }
        catch (OperationCanceledException)
        {
            holder.Dispose();
            throw;
        }

        return holder;
    }

    internal readonly struct Holder(SemaphoreSlim[] locks, int first, int end) : IDisposable
    {
        public void Dispose()
        {
            for (var i = first; i < end; i++)
            {
                locks[i].Release();
            }
        }
    }
}
