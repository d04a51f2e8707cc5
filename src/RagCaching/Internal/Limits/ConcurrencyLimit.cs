using System.Diagnostics.CodeAnalysis;

namespace RagCaching.Internal.Limits;

/// <summary>Bounds how many things are done at a time.</summary>
/// <remarks>A semaphore that takes its lock only when there is somebody to wait or to wake; most callers find a free slot. Thread-safe.</remarks>
/// <param name="count">How many.</param>
[SuppressMessage("Reliability", "CA1001:Types that own disposable fields should be disposable", Justification = "A SemaphoreSlim whose wait handle is never asked for holds nothing to dispose.")]
internal sealed class ConcurrencyLimit(int count)
{
    private readonly SemaphoreSlim _passedOn = new(0);

    // Below zero it is the number of those who wait.
    private int _free = count;

    /// <summary>Takes a slot, as soon as there is one.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled during the wait.</exception>
    public ValueTask TakeAsync(CancellationToken cancellationToken) =>
        Interlocked.Decrement(ref _free) >= 0 ? default : new ValueTask(WaitAsync(cancellationToken));

    /// <summary>Takes a slot if there is a free one.</summary>
    public bool TryTake()
    {
        var free = Volatile.Read(ref _free);
        while (free > 0)
        {
            var seen = Interlocked.CompareExchange(ref _free, free - 1, free);
            if (seen == free)
            {
                return true;
            }

            free = seen;
        }

        return false;
    }

    /// <summary>Gives a slot back, or passes it on to one who waits.</summary>
    public void Release()
    {
        if (Interlocked.Increment(ref _free) <= 0)
        {
            _passedOn.Release();
        }
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _passedOn.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // A slot may already be on its way here, so somebody has to wait on and give it back.
            _ = ReturnNextAsync();
            throw;
        }

        // It came together with the cancellation.
        if (cancellationToken.IsCancellationRequested)
        {
            Release();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task ReturnNextAsync()
    {
        await _passedOn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        Release();
    }
}
