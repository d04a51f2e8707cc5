using System.Diagnostics.CodeAnalysis;
using RagCaching.VectorData.Records;

namespace RagCaching.VectorData.Collections;

/// <summary>Lets one writer of this process at a time work on a record, or on several of them. There is a lock for each 64th of the slots.</summary>
/// <remarks>Whoever takes several locks takes them in ascending order, so nobody waits in a circle.</remarks>
[SuppressMessage("Reliability", "CA1001:Types that own disposable fields should be disposable", Justification = "The semaphores' wait handles are never asked for: there is nothing to dispose.")]
internal sealed class SlotLocks
{
    private const int Count = 64;
    private const long SlotsPerLock = EntryNames.Slots / Count;

    private readonly SemaphoreSlim[] _locks = [.. Enumerable.Range(0, Count).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Waits for the record in a slot to be free.</summary>
    public Task<Holder> EnterAsync(long slot, CancellationToken cancellationToken) => EnterAsync(LockOf(slot), cancellationToken);

    /// <summary>Waits for several records to be free.</summary>
    /// <param name="slots">Their slots; <see langword="null"/> for one that is not known.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public Task<Holder> EnterAsync(IEnumerable<long?> slots, CancellationToken cancellationToken) =>
        EnterAsync(slots.Aggregate(0UL, static (all, slot) => all | (slot is { } known ? LockOf(known) : ulong.MaxValue)), cancellationToken);

    // One bit for each lock.
    private static ulong LockOf(long slot) => 1UL << (int)(slot / SlotsPerLock);

    private async Task<Holder> EnterAsync(ulong wanted, CancellationToken cancellationToken)
    {
        var holder = new Holder(_locks, 0);
        try
        {
            for (var i = 0; i < Count; i++)
            {
                if ((wanted & (1UL << i)) != 0)
                {
                    await _locks[i].WaitAsync(cancellationToken).ConfigureAwait(false);
                    holder = holder.With(i);
                }
            }
        }
        catch (OperationCanceledException)
        {
            holder.Dispose();
            throw;
        }

        return holder;
    }

    internal readonly struct Holder(SemaphoreSlim[] locks, ulong held) : IDisposable
    {
        public Holder With(int index) => new(locks, held | (1UL << index));

        public void Dispose()
        {
            for (var i = 0; i < Count; i++)
            {
                if ((held & (1UL << i)) != 0)
                {
                    locks[i].Release();
                }
            }
        }
    }
}
