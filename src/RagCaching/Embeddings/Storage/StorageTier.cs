using Microsoft.Extensions.Caching.Distributed;
using RagCaching.Embeddings.Codecs;
using RagCaching.Embeddings.Keys;
using RagCaching.Internal.Digests;
using RagCaching.Internal.Faults;
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

    public StorageTier(IDistributedCache storage, CachedEmbedderOptions options, EntryClock clock, FaultReporting reporting)
    {
        _access = new StorageAccess(storage, options.KeyPrefix);
        _writes = StorageBarriers.New(Operations.Write, options.StorageWriteTimeout, reporting);
        _removals = StorageBarriers.New(Operations.Remove, options.StorageWriteTimeout, reporting);
        _clock = clock;
        _precision = options.Precision;
        Reader = new StorageReader(_access, options, clock, reporting);
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
                await write.Access.WriteAsync(
                    write.Key,
                    EmbeddingEnvelope.SizeFor(write.Precision, write.Vector.Vector.Length),
                    static (destination, write) => EmbeddingEnvelope.Write(destination, write.Precision, write.Vector, write.Variant, write.Key),
                    write,
                    write.TimeToLive,
                    token).ConfigureAwait(false);
                return true;
            },
            (Access: _access, Precision: precision, Vector: vector, Variant: variant, Key: key, TimeToLive: rest),
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
