using System.Buffers;
using Microsoft.Extensions.Caching.Distributed;

namespace RagCaching.Chaos.Stores;

/// <summary>The same storage, offering the interface without intermediate arrays.</summary>
public sealed class ChaosBufferDistributedCache : ChaosDistributedCache, IBufferDistributedCache
{
    public async ValueTask<bool> TryGetAsync(string key, IBufferWriter<byte> destination, CancellationToken token = default)
    {
        var value = await GetAsync(key, token);
        destination.Write(value);
        return value is not null;
    }

    public async ValueTask SetAsync(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
        await SetAsync(key, value.ToArray(), options, token);

    public bool TryGet(string key, IBufferWriter<byte> destination) => throw new NotSupportedException();

    public void Set(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options) => throw new NotSupportedException();
}
