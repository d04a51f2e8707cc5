using Microsoft.Extensions.Caching.Distributed;
using RagCaching.Embeddings.Codecs;
using RagCaching.Embeddings.Keys;
using RagCaching.Internal.Digests;
using RagCaching.Internal.Faults;
using RagCaching.Protection;
using static RagCaching.Diagnostics.TelemetryNames;

namespace RagCaching.Embeddings.Storage;

/// <summary>The embeddings in an <see cref="IDistributedCache"/>. Whatever happens there, the answer is an embedding or a miss.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class StorageTier
{
    private readonly StorageAccess _access;
    private readonly FaultBarrier _writes;
    private readonly FaultBarrier _removals;
    private readonly EntryClock _clock;
    private readonly EmbeddingPrecision _precision;
    private readonly ProtectedEmbeddings? _protected;

    /// <summary>Creates the tier.</summary>
    /// <param name="storage">The storage.</param>
    /// <param name="options">The settings.</param>
    /// <param name="clock">Tells how long entries live.</param>
    /// <param name="payloads">The host's protector; <see langword="null"/> where it has none.</param>
    /// <param name="reporting">Where failures are counted.</param>
    public StorageTier(IDistributedCache storage, CachedEmbedderOptions options, EntryClock clock, ProtectedPayloads? payloads, FaultReporting reporting)
    {
        _access = new StorageAccess(storage, options.KeyPrefix);
        _writes = StorageBarriers.New(Operations.Write, options.StorageWriteTimeout, reporting);
        _removals = StorageBarriers.New(Operations.Remove, options.StorageWriteTimeout, reporting);
        _clock = clock;
        _precision = options.Precision;
        _protected = payloads is null ? null : new ProtectedEmbeddings(payloads);
        Reader = new StorageReader(_access, options, clock, _protected, reporting);
    }

    /// <summary>Gets what reads the embeddings.</summary>
    public StorageReader Reader { get; }

    /// <summary>Writes an embedding. Never throws.</summary>
    public async Task WriteAsync(Digest key, EmbeddingVariant variant, CachedVector vector)
    {
        var rest = _clock.RestOf(vector);
        if (rest <= TimeSpan.Zero || !_writes.TryEnter())
        {
            return;
        }

        var precision = VectorCodec.PrecisionFor(vector.Vector.Span, _precision);
        await _writes.RunAsync(
            static async (write, token) =>
            {
                if (write.Protected is { } payloads)
                {
                    var bytes = payloads.Write(write.Precision, write.Vector, write.Variant, write.Key);
                    await write.Access.WriteAsync(write.Key, bytes.Length, static (destination, source) => source.CopyTo(destination), bytes, write.TimeToLive, token).ConfigureAwait(false);
                    return true;
                }

                await write.Access.WriteAsync(
                    write.Key,
                    EmbeddingEnvelope.SizeFor(write.Precision, write.Vector.Vector.Length),
                    static (destination, write) => EmbeddingEnvelope.Write(destination, write.Precision, write.Vector, write.Variant, write.Key),
                    write,
                    write.TimeToLive,
                    token).ConfigureAwait(false);
                return true;
            },
            (Access: _access, Precision: precision, Vector: vector, Variant: variant, Key: key, TimeToLive: rest, Protected: _protected),
            fallback: false,
            CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Removes an embedding. A storage that fails is counted and logged.</summary>
    /// <exception cref="OperationCanceledException">The caller's own token was cancelled.</exception>
    public async ValueTask RemoveAsync(Digest key, CancellationToken cancellationToken) =>

        // Somebody wants this entry gone, so it is tried even if the last removals failed.
        await _removals.RunAsync(
            static async (removal, token) =>
            {
                await removal.Access.RemoveAsync(removal.Key, token).ConfigureAwait(false);
                return true;
            },
            (Access: _access, Key: key),
            fallback: false,
            cancellationToken).ConfigureAwait(false);
}
