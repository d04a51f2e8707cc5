using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;
using RagCaching.Diagnostics;
using RagCaching.Internal;
using static RagCaching.Diagnostics.TelemetryNames;

namespace RagCaching.Embeddings;

/// <summary>The embeddings in an <see cref="IDistributedCache"/>. Whatever happens there, the answer is an embedding or a miss.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class StorageTier
{
    private readonly StorageAccess _access;
    private readonly StorageGuard _reads;
    private readonly StorageGuard _writes;
    private readonly StorageGuard _removals;
    private readonly Slots _readSlots;
    private readonly RateLimit _unreadableEntryLogging;
    private readonly EntryClock _clock;
    private readonly CacheTelemetry _telemetry;
    private readonly ILogger _logger;
    private readonly string _keyPrefix;
    private readonly EmbeddingPrecision _precision;

    public StorageTier(IDistributedCache storage, CachedEmbedderOptions options, EntryClock clock, TimeProvider time, CacheTelemetry telemetry, ILogger logger)
    {
        _access = new StorageAccess(storage);
        _reads = new StorageGuard(Operations.Read, options.StorageReadTimeout, time, telemetry, logger);
        _writes = new StorageGuard(Operations.Write, options.StorageWriteTimeout, time, telemetry, logger);
        _removals = new StorageGuard(Operations.Remove, options.StorageWriteTimeout, time, telemetry, logger);
        _readSlots = new Slots(options.StorageConcurrency);
        _unreadableEntryLogging = new RateLimit(time, TimeSpan.FromMinutes(1));
        _clock = clock;
        _telemetry = telemetry;
        _logger = logger;
        _keyPrefix = options.KeyPrefix;
        _precision = options.Precision;
    }

    /// <summary>Reads an embedding.</summary>
    /// <exception cref="OperationCanceledException">The caller's own token was cancelled.</exception>
    public async ValueTask<StorageAnswer> ReadAsync(Digest key, EmbeddingVariant variant, CancellationToken cancellationToken)
    {
        await _readSlots.TakeAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_reads.TryEnter(out var isProbe))
            {
                return default;
            }

            var name = NameOf(key);
            if (isProbe)
            {
                _ = ProbeAsync(name);
                return default;
            }

            var bytes = await FetchAsync(name, cancellationToken).ConfigureAwait(false);
            return new StorageAnswer(bytes.Exist ? Open(bytes, key, variant) : null, bytes.AreRefused);
        }
        finally
        {
            _readSlots.Release();
        }
    }

    /// <summary>Writes an embedding. Never throws.</summary>
    public async Task WriteAsync(Digest key, EmbeddingVariant variant, CachedVector vector)
    {
        var rest = _clock.RestOf(vector);
        if (rest <= TimeSpan.Zero || !_writes.TryEnter(out _))
        {
            return;
        }

        var precision = VectorCodec.PrecisionFor(vector.Vector.Span, _precision);
        await _writes.RunAsync(
            static async (write, token) =>
            {
                await write.Access.WriteAsync(
                    write.Name,
                    EmbeddingEnvelope.SizeFor(write.Precision, write.Vector.Vector.Length),
                    static (destination, write) => EmbeddingEnvelope.Write(destination, write.Precision, write.Vector, write.Variant, write.Key),
                    write,
                    write.TimeToLive,
                    token).ConfigureAwait(false);
                return true;
            },
            (Access: _access, Name: NameOf(key), Precision: precision, Vector: vector, Variant: variant, Key: key, TimeToLive: rest),
            refused: false,
            CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Removes an embedding. A storage that fails is counted and logged.</summary>
    /// <exception cref="OperationCanceledException">The caller's own token was cancelled.</exception>
    public async ValueTask RemoveAsync(Digest key, CancellationToken cancellationToken) =>

        // Somebody wants this entry gone, so it is tried even if the last removals failed.
        await _removals.RunAsync(
            static async (removal, token) =>
            {
                await removal.Access.RemoveAsync(removal.Name, token).ConfigureAwait(false);
                return true;
            },
            (Access: _access, Name: NameOf(key)),
            refused: false,
            cancellationToken).ConfigureAwait(false);

    private ValueTask<StoredBytes> FetchAsync(string name, CancellationToken cancellationToken) =>
        _reads.RunAsync(static (read, token) => read.Access.ReadAsync(read.Name, token), (Access: _access, Name: name), StoredBytes.Refused, cancellationToken);

    private async Task ProbeAsync(string name)
    {
        var bytes = await FetchAsync(name, CancellationToken.None).ConfigureAwait(false);
        bytes.Release();
    }

    private CachedVector? Open(StoredBytes bytes, Digest key, EmbeddingVariant variant)
    {
        try
        {
            var vector = EmbeddingEnvelope.TryRead(bytes.Span, _precision, variant, key, out var header, out var fault);
            if (vector is not null)
            {
                return variant.Accepts(vector.Length) ? _clock.Restore(vector, header) : null;
            }

            // What follows the miss is generated anew and written over this entry.
            _telemetry.Failed(Operations.Parse, fault);
            if (_unreadableEntryLogging.TryPass())
            {
                Log.UnreadableEmbedding(_logger, fault);
            }

            return null;
        }
        finally
        {
            bytes.Release();
        }
    }

    private string NameOf(Digest key) => string.Create(_keyPrefix.Length + Digest.TextLength, (_keyPrefix, key), static (name, parts) =>
    {
        parts._keyPrefix.CopyTo(name);
        parts.key.CopyTextTo(name[parts._keyPrefix.Length..]);
    });
}
