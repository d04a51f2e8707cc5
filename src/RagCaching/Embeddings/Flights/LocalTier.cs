using BitFaster.Caching.Lfu;
using BitFaster.Caching.Scheduler;
using RagCaching.Diagnostics;
using RagCaching.Embeddings.Codecs;
using RagCaching.Embeddings.Keys;

namespace RagCaching.Embeddings.Flights;

/// <summary>The embeddings in memory: bounded, and kept by frequency and recency of use.</summary>
/// <remarks>
/// The upkeep of the bound runs on the thread pool, so there is no separate thread to leak and a hit never does it itself. Expiry is
/// checked on reading; what is never read again leaves by the bound. Thread-safe.
/// </remarks>
internal sealed class LocalTier : ICacheSize
{
    private readonly EntryClock _clock;
    private readonly ConcurrentLfu<EntryKey, CachedVector>? _entries;

    /// <summary>Creates an empty tier.</summary>
    /// <param name="capacity">The largest number of entries, or 0 for none at all.</param>
    /// <param name="clock">Decides about expiry.</param>
    public LocalTier(int capacity, EntryClock clock)
    {
        _clock = clock;
        _entries = capacity == 0
            ? null
            : new ConcurrentLfu<EntryKey, CachedVector>(Environment.ProcessorCount, capacity, new ThreadPoolScheduler(), EqualityComparer<EntryKey>.Default);
    }

    /// <inheritdoc/>
    public long Entries => _entries?.Count ?? 0;

    /// <inheritdoc/>
    public long? Bytes => null;

    /// <inheritdoc/>
    public double? IndexAge => null;

    /// <summary>Finds the embedding of a text.</summary>
    public CachedVector? Find(string text, EmbeddingVariant variant) => _entries is null ? null : Find(new EntryKey(text, variant));

    /// <summary>Finds an embedding.</summary>
    public CachedVector? Find(EntryKey key)
    {
        if (_entries is null || !_entries.TryGet(key, out var vector))
        {
            return null;
        }

        return _clock.IsAlive(vector) && key.Variant.Accepts(vector.Vector.Length) ? vector : null;
    }

    /// <summary>Keeps an embedding, in place of an earlier one.</summary>
    public void Keep(EntryKey key, CachedVector vector) => _entries?.AddOrUpdate(key, vector);

    /// <summary>Forgets an embedding.</summary>
    public void Remove(EntryKey key) => _entries?.TryRemove(key);
}
