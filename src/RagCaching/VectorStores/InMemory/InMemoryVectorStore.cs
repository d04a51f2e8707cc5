using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using RagCaching.Diagnostics;
using RagCaching.Internal;
using RagCaching.VectorStores;
using RagCaching.VectorStores.InMemory;
using RagCaching.VectorStores.InMemory.Capacity;
using RagCaching.VectorStores.InMemory.Rows;
using RagCaching.VectorStores.InMemory.Scanning;
using RagCaching.VectorStores.InMemory.Training;

namespace RagCaching;

/// <summary>Keeps entries in the memory of this process and finds the nearest ones exactly.</summary>
/// <remarks>
/// <para>
/// <see cref="InMemoryVectorStoreOptions.MaxEntries"/> and <see cref="InMemoryVectorStoreOptions.MaxBytes"/> bound the store at every
/// moment and over all partitions. When it is full, it evicts expired entries first. Then the SIEVE policy evicts, in the order of
/// writing, the first entry that no search returned and no <see cref="GetAsync"/> read since it was last considered. A hit only sets
/// a mark, so readers need no lock. A flood of unused entries displaces itself before it displaces used entries.
/// </para>
/// <para>
/// Entries expire by elapsed time: <see cref="VectorEntry.ExpiresAt"/> is compared with the clock once, when the entry is written, so
/// a later jump of the clock neither revives nor kills entries. There are no timers; later writes reclaim the memory of expired entries.
/// A partition without entries is removed, together with its number of dimensions.
/// </para>
/// <para>
/// A search knows its floor before it begins, so it can rule out nearly every vector by a few bytes: the coordinates of the vectors on the
/// axes on which they differ most, rounded to a few bits, bound every similarity from above. Vectors that the bound does not rule out are compared in full.
/// The result is the same as comparing with every vector, to the last bit. At 256 or more vectors, a thread with low priority trains the axes. Partitions
/// with fewer than 128 vectors, and vectors with fewer than 64 dimensions, are compared in full.
/// </para>
/// <para>
/// Thread-safe. Searches and reads take no lock and see each entry whole; writers of one partition wait for each other. A search
/// allocates only its result. A search that is expected to take long is shared with idle threads of the pool. Every method completes
/// synchronously. Dispose the store to end its thread.
/// </para>
/// </remarks>
public sealed partial class InMemoryVectorStore : IVectorStore, ILocalIndex, ICacheSize, IDisposable
{
    private const string DefaultName = "default";

    private readonly ConcurrentDictionary<string, PartitionIndex> _partitions = new();
    private readonly StoreCapacity _capacity;
    private readonly ExpiryClock _clock;
    private readonly StoreTelemetry _telemetry;
    private readonly EncodingRegistry _encodings;
    private readonly Func<int, string?, IModelEncoding> _encodingOf;
    private readonly int _maxSearchParallelism;
    private readonly Action<SearchCounts> _count;
    private volatile bool _disposed;

    /// <summary>Creates an empty store.</summary>
    /// <param name="options">The bounds; <see langword="null"/> for the defaults. Read once.</param>
    /// <param name="services">Provides a <see cref="TimeProvider"/> and an <c>IMeterFactory</c>. Both are optional.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A bound is less than 1.</exception>
    public InMemoryVectorStore(InMemoryVectorStoreOptions? options = null, IServiceProvider? services = null)
        : this(options, DefaultName, services)
    {
    }

    /// <summary>Creates an empty store that counts under the name of its cache.</summary>
    internal InMemoryVectorStore(InMemoryVectorStoreOptions? options, string name, IServiceProvider? services)
    {
        var bounds = (options ?? new InMemoryVectorStoreOptions()).Checked(new InMemoryVectorStoreOptionsValidator());
        _capacity = new StoreCapacity(bounds.MaxEntries, bounds.MaxBytes, bounds.MaxOwnerShare);
        var time = services?.GetService<TimeProvider>() ?? TimeProvider.System;
        _clock = new ExpiryClock(time);
        _telemetry = new StoreTelemetry(name, services);
        var cache = new CacheTelemetry(TelemetryNames.Kinds.Response, name, services);
        _encodings = new EncodingRegistry(
            () => _partitions.Select(static pair => pair.Value), time, exception => cache.Failed(TelemetryNames.Operations.Index, exception.GetType().FullName!), WarmUp);
        _encodingOf = _encodings.Of;
        _maxSearchParallelism = Math.Min(bounds.MaxSearchParallelism, Environment.ProcessorCount);
        _count = Count;
        cache.ReportSizeOf(this);
    }

    bool ILocalIndex.HandsOutPayloads => true;

    long ICacheSize.Entries => _capacity.Entries;

    long? ICacheSize.Bytes => _capacity.Bytes;

    long? ICacheSize.Evictions => _telemetry.Evictions;

    double? ICacheSize.IndexAge => _encodings.Age?.TotalSeconds;

    /// <summary>Sets a value indicating whether many entries are still to come: what makes searches faster is then worked out at the end, once.</summary>
    internal bool IsFilling
    {
        set => _encodings.IsFilling = value;
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    /// <exception cref="ArgumentException"><paramref name="partition"/> or <paramref name="id"/> is <see langword="null"/> or empty.</exception>
    public ValueTask<VectorEntry?> GetAsync(string partition, string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(partition);
        ArgumentException.ThrowIfNullOrEmpty(id);
        ObjectDisposedException.ThrowIf(_disposed, this);
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<VectorEntry?>(cancellationToken)
            : new(Read(partition, id));
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    /// <exception cref="ArgumentException"><paramref name="partition"/> or <paramref name="id"/> is <see langword="null"/> or empty.</exception>
    public ValueTask<VectorEntry?> GetContentAsync(string partition, string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(partition);
        ArgumentException.ThrowIfNullOrEmpty(id);
        ObjectDisposedException.ThrowIf(_disposed, this);
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<VectorEntry?>(cancellationToken)
            : new(ReadContent(partition, id));
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    /// <exception cref="ArgumentException"><paramref name="partition"/> or <paramref name="id"/> is <see langword="null"/> or empty.</exception>
    public ValueTask<bool> RemoveAsync(string partition, string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(partition);
        ArgumentException.ThrowIfNullOrEmpty(id);
        ObjectDisposedException.ThrowIf(_disposed, this);
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<bool>(cancellationToken)
            : new(RemoveById(partition, id));
    }

    /// <summary>Releases all entries. A second call does nothing. Calls in progress end normally.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _encodings.Dispose();
        foreach (var entry in All(partition: null))
        {
            Remove(entry);
        }
    }

    /// <summary>Waits until all background work that makes searches faster is done, for tests and measurements.</summary>
    internal Task WhenIndexedAsync() => _encodings.WhenIdleAsync();

    private VectorEntry? Read(string partition, string id)
    {
        var spinner = default(SpinWait);
        while (Find(partition, id) is { } entry && entry.Deadline > _clock.Now)
        {
            if (entry.TryCopyVector(out var vector))
            {
                entry.MarkUsed();
                return entry.ToEntry(vector, withPayload: true);
            }

            // A writer is just replacing or moving the entry's row.
            spinner.SpinOnce(sleep1Threshold: -1);
        }

        return null;
    }

    /// <summary>Does what <see cref="GetContentAsync"/> does, for callers that hold a lock.</summary>
    internal VectorEntry? ReadContent(string partition, string id)
    {
        if (Find(partition, id) is not { } entry || entry.Deadline <= _clock.Now)
        {
            return null;
        }

        entry.MarkUsed();
        return entry.ToEntry(vector: default, withPayload: true);
    }

    /// <summary>Does what <see cref="RemoveAsync"/> does, for callers that hold a lock.</summary>
    internal bool RemoveById(string partition, string id)
    {
        // A removal loses against a replacement in between and then has to remove the replacement.
        while (Find(partition, id) is { } entry)
        {
            if (Remove(entry))
            {
                return entry.Deadline > _clock.Now;
            }
        }

        return false;
    }

    private StoredEntry? Find(string partition, string id) => _partitions.GetValueOrDefault(partition)?.Find(id);

    private IEnumerable<StoredEntry> All(string? partition) =>
        partition is null ? _partitions.SelectMany(static pair => pair.Value.Entries)
        : _partitions.TryGetValue(partition, out var index) ? index.Entries
        : [];
}
