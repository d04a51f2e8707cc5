using System.Buffers;
using Microsoft.Extensions.Caching.Distributed;
using RagCaching.Internal;
using RagCaching.Internal.Digests;

namespace RagCaching.Embeddings.Storage;

/// <summary>Reads and writes bytes in an <see cref="IDistributedCache"/>, without a copy where the storage offers that.</summary>
/// <param name="storage">The storage.</param>
/// <param name="keyPrefix">What the names of all entries begin with.</param>
internal sealed class StorageAccess(IDistributedCache storage, string keyPrefix)
{
    private const string RedisCacheTypeName = "Microsoft.Extensions.Caching.StackExchangeRedis.RedisCache";

    private readonly IBufferDistributedCache? _buffered = storage as IBufferDistributedCache;

    // RedisCache sends two commands for a buffered read, one for the times of the entry and one for its bytes, and a single one for an
    // array. The second command takes longer than the copy that it saves.
    private readonly IBufferDistributedCache? _bufferedReads = IsRedisCache(storage) ? null : storage as IBufferDistributedCache;

    /// <summary>Reads what is stored under a key. Never throws; a failure is in what is returned.</summary>
    public StorageRead Read(Digest key, CancellationToken cancellationToken) =>
        _bufferedReads is null ? new(ReadArrayAsync(NameOf(key), cancellationToken)) : new(ReadBufferedAsync(_bufferedReads, NameOf(key), cancellationToken));

    /// <summary>Stores what a callback writes.</summary>
    /// <param name="key">The key.</param>
    /// <param name="size">How many bytes the callback writes.</param>
    /// <param name="write">Writes exactly that many bytes.</param>
    /// <param name="state">What the callback needs.</param>
    /// <param name="timeToLive">How long the entry lives.</param>
    /// <param name="cancellationToken">Cancels the operation, if the storage supports that.</param>
    public async Task WriteAsync<TState>(
        Digest key, int size, SpanAction<byte, TState> write, TState state, TimeSpan timeToLive, CancellationToken cancellationToken)
    {
        var entry = new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = timeToLive };
        if (_buffered is null)
        {
            // The storage may keep the array, so it must be a new one.
            var bytes = new byte[size];
            write(bytes, state);
            await storage.SetAsync(NameOf(key), bytes, entry, cancellationToken).ConfigureAwait(false);
            return;
        }

        // Released here, where the operation really ends: at its time limit its caller may have left long before.
        var buffer = new PooledBuffer();
        try
        {
            write(buffer.GetSpan(size)[..size], state);
            buffer.Advance(size);
            await _buffered.SetAsync(NameOf(key), new ReadOnlySequence<byte>(buffer.WrittenMemory), entry, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            buffer.Release();
        }
    }

    /// <summary>Removes what is stored under a key.</summary>
    public Task RemoveAsync(Digest key, CancellationToken cancellationToken) => storage.RemoveAsync(NameOf(key), cancellationToken);

    private static bool IsRedisCache(IDistributedCache storage)
    {
        // By name, so that this library needs no reference to it. The one that dependency injection creates is derived from it.
        for (var type = storage.GetType(); type is not null; type = type.BaseType)
        {
            if (type.FullName == RedisCacheTypeName)
            {
                return true;
            }
        }

        return false;
    }

    private static async ValueTask<StoredBytes> ReadBufferedAsync(IBufferDistributedCache storage, string name, CancellationToken cancellationToken)
    {
        var buffer = new PooledBuffer();
        return new StoredBytes(await storage.TryGetAsync(name, buffer, cancellationToken).ConfigureAwait(false) ? buffer : null);
    }

    private Task<byte[]?> ReadArrayAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return storage.GetAsync(name, cancellationToken) ?? throw new InvalidOperationException("The storage returned no task.");
        }
        catch (Exception exception)
        {
            return Task.FromException<byte[]?>(exception);
        }
    }

    private string NameOf(Digest key) => string.Create(keyPrefix.Length + Digest.TextLength, (keyPrefix, key), static (name, parts) =>
    {
        parts.keyPrefix.CopyTo(name);
        parts.key.CopyTextTo(name[parts.keyPrefix.Length..]);
    });
}
