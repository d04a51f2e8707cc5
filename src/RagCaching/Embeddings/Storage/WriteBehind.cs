using System.Collections.Concurrent;
using RagCaching.Diagnostics;
using RagCaching.Embeddings.Flights;
using RagCaching.Internal;
using RagCaching.Internal.Digests;

namespace RagCaching.Embeddings.Storage;

/// <summary>Writes embeddings to the storage after their callers have been answered.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class WriteBehind
{
    // A waiting write holds little more than a vector that the local tier holds as well, and a long queue gives an ingestion of
    // thousands of texts the time to reach a slow storage.
    private const int Capacity = 16_384;

    private readonly WorkQueue<PendingWrite> _queue;

    // Two writes of one key may be under way at once: a vector, and the one that replaces it. Whoever comes first, the newest is what stays.
    private readonly KeyedLocks _turns = new();
    private readonly ConcurrentDictionary<Digest, EmbeddingFlight> _newest = new();
    private readonly StorageTier _storage;
    private readonly EmbeddingFlights _flights;
    private readonly CacheTelemetry _telemetry;

    public WriteBehind(StorageTier storage, EmbeddingFlights flights, CacheTelemetry telemetry, int concurrency)
    {
        _storage = storage;
        _flights = flights;
        _telemetry = telemetry;
        _queue = new WorkQueue<PendingWrite>(WriteAsync, concurrency, Capacity);
    }

    /// <summary>Queues a write. One that finds no place is dropped and counted.</summary>
    public void Add(PendingWrite write)
    {
        _newest[write.Key] = write.Flight;
        if (!_queue.TryAdd(write))
        {
            Drop(write);
        }
    }

    /// <summary>Waits until every write so far has ended.</summary>
    public Task FlushAsync() => _queue.WhenIdleAsync();

    /// <summary>Drops what has not begun, and everything that comes later.</summary>
    public void Stop()
    {
        foreach (var write in _queue.Stop())
        {
            Drop(write);
        }
    }

    private void Drop(PendingWrite write)
    {
        _telemetry.Failed(TelemetryNames.Operations.Write, "dropped");
        Forget(write);
    }

    private void Forget(PendingWrite write)
    {
        _newest.TryRemove(new(write.Key, write.Flight));
        _flights.Remove(write.Flight, write.Request.IsRefresh);
    }

    private async Task WriteAsync(PendingWrite write)
    {
        using (await _turns.EnterAsync(write.Key.ToShortText(), CancellationToken.None).ConfigureAwait(false))
        {
            if (_newest.TryGetValue(write.Key, out var newest) && newest == write.Flight)
            {
                await StoreAsync(write).ConfigureAwait(false);
            }
        }

        Forget(write);
    }

    private async Task StoreAsync(PendingWrite write)
    {
        // A Redis key of another type can be neither read nor written over, and would be a miss for ever.
        if (write.Flight.IsReadRefused)
        {
            await _storage.RemoveAsync(write.Key, CancellationToken.None).ConfigureAwait(false);
        }

        if (!write.Flight.IsForgotten)
        {
            await _storage.WriteAsync(write.Key, write.Request.Variant, write.Vector).ConfigureAwait(false);
        }

        // A removal that came during the write may have reached the storage first.
        if (write.Flight.IsForgotten)
        {
            await _storage.RemoveAsync(write.Key, CancellationToken.None).ConfigureAwait(false);
        }
    }
}
