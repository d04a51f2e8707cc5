using RagCaching.Embeddings.Flights;
using RagCaching.Internal.Limits;

namespace RagCaching.Embeddings.Storage;

/// <summary>Reads under way that were started together: one time limit, one token and one end for all of them.</summary>
/// <remarks>
/// A batch makes hundreds of reads, and in front of a fast storage a source, a registration and a wait for each would take longer than the
/// read. Each read ends once, by whatever comes first: what the storage returns, the limit, or the leaving of the last caller.
/// </remarks>
/// <param name="reader">Opens what the reads bring and takes note of their failures.</param>
/// <param name="abandonment">Asks the reads to stop.</param>
/// <param name="receiver">Takes each embedding that is found, and whose leaving ends the reads.</param>
internal sealed class StorageReads(StorageReader reader, CancellationTokenSource abandonment, IReadReceiver receiver) : LimitedCall
{
    private readonly TaskCompletionSource _end = new();
    private ReadOnlyMemory<EmbeddingFlight> _flights;
    private CancellationTokenRegistration _leaving;
    private CancellationToken _left;
    private Exception? _fault;

    // Whoever starts the reads counts as one more, so that they do not end before that.
    private int _open = 1;

    /// <summary>Takes charge of a read.</summary>
    public void Add(EmbeddingFlight flight, StorageRead read)
    {
        Interlocked.Increment(ref _open);
        _ = FinishAsync(flight, read);
    }

    /// <summary>Waits until all reads have ended. To be called once, after the last was added.</summary>
    /// <param name="flights">The flights of the reads; others among them have had their read.</param>
    /// <exception cref="OperationCanceledException">The receiver's token was cancelled.</exception>
    public Task WhenEndedAsync(ReadOnlyMemory<EmbeddingFlight> flights)
    {
        _flights = flights;
        reader.Limit.Add(this);
        _leaving = receiver.Token.UnsafeRegister(static (self, token) => ((StorageReads)self!).Leave(token), this);
        Close(1);
        return _end.Task;
    }

    /// <inheritdoc/>
    public override void Execute()
    {
        var exception = new TimeoutException();
        Abandon(flight => reader.Fail(flight, exception), default);
    }

    private void Leave(CancellationToken token) => Abandon(_ => reader.Abandon(), token);

    private async Task FinishAsync(EmbeddingFlight flight, StorageRead read)
    {
        StoredBytes bytes;
        try
        {
            bytes = read.IsArray ? new StoredBytes(await read.Array.ConfigureAwait(false)) : await read.Buffered.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            if (flight.TryEndRead())
            {
                reader.Fail(flight, exception);
                Close(1);
            }

            return;
        }

        if (!flight.TryEndRead())
        {
            bytes.Release();
            return;
        }

        try
        {
            reader.Take(bytes, flight, receiver);
        }
        catch (Exception exception)
        {
            _fault = exception;
        }

        Close(1);
    }

    private void Abandon(Action<EmbeddingFlight> end, CancellationToken left)
    {
        var count = 0;
        foreach (var flight in _flights.Span)
        {
            if (flight.TryEndRead())
            {
                end(flight);
                count++;
            }
        }

        // If none was open, they are being closed elsewhere, and their source may serve another batch by now.
        if (count > 0)
        {
            _left = left;
            TimeLimit.Observe(abandonment.CancelAsync());
            Close(count);
        }
    }

    private void Close(int count)
    {
        if (Interlocked.Add(ref _open, -count) > 0)
        {
            return;
        }

        reader.Limit.Remove(this);
        _leaving.Unregister();
        if (_fault is not null)
        {
            _end.TrySetException(_fault);

            // Whoever waits gets the failure by waiting; if the batch has ended by another one, nobody does.
            _ = _end.Task.Exception;
        }
        else if (_left.IsCancellationRequested)
        {
            _end.TrySetCanceled(_left);
        }
        else
        {
            reader.Limit.Reuse(abandonment);
            _end.TrySetResult();
        }
    }
}
