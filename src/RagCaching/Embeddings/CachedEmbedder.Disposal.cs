namespace RagCaching;

public sealed partial class CachedEmbedder
{
    private static readonly TimeSpan DisposalGracePeriod = TimeSpan.FromSeconds(5);

    /// <summary>Refuses new calls, waits up to five seconds for running calls and their writes to the storage, and disposes the inner generator.</summary>
    /// <returns>A task that completes when all work of this embedder has ended, or when the time is up. Embeddings that are not written by then are dropped.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
        {
            return;
        }

        try
        {
            await FlushAsync().WaitAsync(DisposalGracePeriod, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _context.Writes?.Stop();
        }

        _limits.Stop();

        if (InnerGenerator is IAsyncDisposable inner)
        {
            await inner.DisposeAsync().ConfigureAwait(false);
        }
        else
        {
            base.Dispose(disposing: true);
        }
    }

    /// <summary>Waits until all that is under way has ended and is written.</summary>
    internal async Task FlushAsync()
    {
        await _context.Flights.WhenEndedAsync().ConfigureAwait(false);
        if (_context.Writes is { } writes)
        {
            await writes.FlushAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // Writes that are waiting go on without anybody waiting for them: each has its time limit, and the queue its bound.
        if (disposing && !Interlocked.Exchange(ref _disposed, true))
        {
            _limits.Stop();
            base.Dispose(disposing);
        }
    }
}
