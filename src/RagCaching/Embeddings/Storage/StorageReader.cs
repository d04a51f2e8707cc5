using RagCaching.Diagnostics;
using RagCaching.Embeddings.Codecs;
using RagCaching.Embeddings.Flights;
using RagCaching.Embeddings.Keys;
using RagCaching.Internal.Digests;
using RagCaching.Internal.Envelopes;
using RagCaching.Internal.Faults;
using RagCaching.Internal.Limits;
using static RagCaching.Diagnostics.TelemetryNames;

namespace RagCaching.Embeddings.Storage;

/// <summary>Reads embeddings from the storage, many at a time. Whatever happens there, the answer is an embedding or a miss.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class StorageReader
{
    private readonly StorageAccess _access;
    private readonly FaultBarrier _barrier;
    private readonly ConcurrencyLimit _slots;
    private readonly FaultBarrier _parsing;
    private readonly EntryClock _clock;
    private readonly EmbeddingPrecision _precision;
    private readonly ProtectedEmbeddings? _protected;

    public StorageReader(StorageAccess access, CachedEmbedderOptions options, EntryClock clock, ProtectedEmbeddings? payloads, FaultReporting reporting)
    {
        _access = access;
        _barrier = StorageBarriers.New(Operations.Read, options.StorageReadTimeout, reporting);
        _slots = new ConcurrencyLimit(options.StorageConcurrency);
        _parsing = new FaultBarrier(Operations.Parse, reporting, static (logger, fault, _) => Log.UnreadableEmbedding(logger, fault));
        _clock = clock;
        _precision = options.Precision;
        _protected = payloads;
    }

    /// <summary>Gets the time limit of a read.</summary>
    public SharedTimeLimit Limit => _barrier.Limit!;

    /// <summary>Reads embeddings, as many at a time as there are free slots.</summary>
    /// <param name="flights">What is looked for; each has its <see cref="EmbeddingFlight.StorageKey"/>.</param>
    /// <param name="receiver">Takes each embedding that is found, as soon as it is.</param>
    /// <exception cref="OperationCanceledException">The receiver's token was cancelled.</exception>
    public Task ReadAsync(ReadOnlyMemory<EmbeddingFlight> flights, IReadReceiver receiver)
    {
        if (!_slots.TryTake())
        {
            return ReadWhenFreeAsync(flights, receiver);
        }

        var end = Start(ref flights, receiver);
        return flights.IsEmpty ? end : Task.WhenAll(end, ReadWhenFreeAsync(flights, receiver));
    }

    /// <summary>Ends a read with what the storage returned.</summary>
    public void Take(StoredBytes bytes, EmbeddingFlight flight, IReadReceiver receiver)
    {
        _slots.Release();
        if (bytes.WereRead)
        {
            _barrier.Succeeded();
        }

        if (bytes.Exist && Open(bytes, flight.StorageKey, flight.Key.Variant) is { } vector)
        {
            receiver.Take(flight, vector);
        }
    }

    /// <summary>Ends a read that failed.</summary>
    public void Fail(EmbeddingFlight flight, Exception exception)
    {
        _slots.Release();
        flight.IsReadRefused = exception is not TimeoutException;
        _barrier.Failed(exception);
    }

    /// <summary>Ends a read that nobody waits for any more.</summary>
    public void Abandon() => _slots.Release();

    private async Task ReadWhenFreeAsync(ReadOnlyMemory<EmbeddingFlight> flights, IReadReceiver receiver)
    {
        var ends = new List<Task>();
        while (!flights.IsEmpty)
        {
            await _slots.TakeAsync(receiver.Token).ConfigureAwait(false);
            ends.Add(Start(ref flights, receiver));
        }

        await Task.WhenAll(ends).ConfigureAwait(false);
    }

    // For a slot that has been taken, and for all others that are free.
    private Task Start(ref ReadOnlyMemory<EmbeddingFlight> flights, IReadReceiver receiver)
    {
        // A storage in memory answers at once, and then the source is all that the time limit costs it.
        var abandonment = Limit.TakeSource();
        StorageReads? reads = null;
        var started = 0;
        do
        {
            var flight = flights.Span[started++];
            var read = Fetch(flight, abandonment.Token);
            if (read.TryGet(out var bytes) && flight.TryEndRead())
            {
                Take(bytes, flight, receiver);
                continue;
            }

            reads ??= new StorageReads(this, abandonment, receiver);
            reads.Add(flight, read);
        }
        while (started < flights.Length && _slots.TryTake());

        var own = flights[..started];
        flights = flights[started..];
        if (reads is not null)
        {
            return reads.WhenEndedAsync(own);
        }

        Limit.Reuse(abandonment);
        return Task.CompletedTask;
    }

    // Asks the storage, unless it is known not to answer.
    private StorageRead Fetch(EmbeddingFlight flight, CancellationToken cancellationToken)
    {
        if (!_barrier.TryEnter(out var isProbe))
        {
            return default;
        }

        if (isProbe)
        {
            _ = ProbeAsync(flight.StorageKey);
            return default;
        }

        return _access.Read(flight.StorageKey, cancellationToken);
    }

    private async Task ProbeAsync(Digest key)
    {
        var bytes = await _barrier.RunAsync(
            static async (probe, token) =>
            {
                var read = probe.Access.Read(probe.Key, token);
                return read.IsArray ? new StoredBytes(await read.Array.ConfigureAwait(false)) : await read.Buffered.ConfigureAwait(false);
            },
            (Access: _access, Key: key),
            fallback: default,
            CancellationToken.None).ConfigureAwait(false);
        bytes.Release();
    }

    private CachedVector? Open(StoredBytes bytes, Digest key, EmbeddingVariant variant)
    {
        try
        {
            EnvelopeHeader header;
            string fault;
            var vector = _protected is null
                ? EmbeddingEnvelope.TryRead(bytes.Span, _precision, variant, key, out header, out fault)
                : _protected.TryRead(bytes.Memory, _precision, variant, key, out header, out fault);
            if (vector is not null)
            {
                return variant.Accepts(vector.Length) ? _clock.Restore(vector, header) : null;
            }

            // What follows the miss is generated anew and written over this entry.
            _parsing.Failed(fault);
            return null;
        }
        finally
        {
            bytes.Release();
        }
    }
}
