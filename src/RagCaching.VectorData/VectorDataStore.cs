using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.VectorData;
using RagCaching.Diagnostics;
using RagCaching.Internal;
using RagCaching.Internal.Faults;
using RagCaching.VectorData.Collections;
using RagCaching.VectorData.Contract;
using RagCaching.VectorData.Diagnostics;
using RagCaching.VectorData.Records;
using RagCaching.VectorData.Searching;

namespace RagCaching;

/// <summary>Keeps entries in a vector database, through a connector for Microsoft.Extensions.VectorData: for caches that are larger than the memory of one machine.</summary>
/// <remarks>
/// <para>
/// The database proposes, the library disposes: vectors come back with what a search finds, similarities are computed here, and partition, expiry and labels are compared again after the
/// database has filtered by them. The scores of the database are not used. Names in the database are digests.
/// </para>
/// <para>
/// An upsert reads the record before it writes it, since equal matches are returned in the order of their first adding. <see cref="SetMetadataAsync"/> reads and writes the whole record. Writers of this process do not
/// disturb each other; between processes the last write wins, so that new metadata can bring back an entry that another process replaced or removed in the milliseconds between.
/// </para>
/// <para>
/// A failure of the database is the connector's exception, usually a <see cref="VectorStoreException"/>; for a cache it is a counted miss. What cannot be read is a miss and is counted, too.
/// </para>
/// <para>Thread-safe if the connector is, as all known ones are. Dispose the store asynchronously where you can. It does not dispose the <see cref="VectorStore"/>.</para>
/// </remarks>
public sealed partial class VectorDataStore : IVectorStore, IAsyncDisposable, IDisposable
{
    private readonly RecordMapper _mapper;
    private readonly RecordReader _reader;
    private readonly Shelves _shelves;
    private readonly PartitionSearch _search;
    private readonly SlotLocks _locks = new();
    private readonly PageChanges _changes;
    private readonly AddingClock _adding = new();
    private readonly VectorDataSchema _schema;
    private readonly string _collectionName;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly Sweeper _sweeper;
    private int _disposed;

    /// <summary>Creates a store. The database is first asked when the store is first used.</summary>
    /// <param name="store">The database. It must outlive this store.</param>
    /// <param name="options">The settings; <see langword="null"/> for the defaults. Read once.</param>
    /// <param name="services">Provides a <see cref="TimeProvider"/>, an <c>IMeterFactory</c> and an <c>ILoggerFactory</c>. All are optional.</param>
    /// <exception cref="ArgumentNullException"><paramref name="store"/> is <see langword="null"/>.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A setting is out of range.</exception>
    public VectorDataStore(VectorStore store, VectorDataOptions? options = null, IServiceProvider? services = null)
        : this(store, options, new VectorDataStoreParts(), services)
    {
    }

    /// <summary>Creates a store for a cache of a host.</summary>
    internal VectorDataStore(VectorStore store, VectorDataOptions? options, VectorDataStoreParts parts, IServiceProvider? services)
    {
        ArgumentNullException.ThrowIfNull(store);
        options = (options ?? new VectorDataOptions()).Copy().Checked(new VectorDataOptionsRules());
        _time = services?.GetService<TimeProvider>() ?? TimeProvider.System;
        (_schema, _collectionName) = (options.Schema, options.CollectionName);
        _changes = new PageChanges(_locks, _time);
        _mapper = new RecordMapper(options.Schema);
        _logger = QuietLogger.From<VectorDataStore>(services);
        var reporting = new FaultReporting(_time, new CacheTelemetry(TelemetryNames.Kinds.Response, parts.Name, services), _logger);
        _reader = new RecordReader(reporting.Counter);
        _shelves = new Shelves(store, options, options.Dimensions ?? parts.Dimensions, _time);
        _search = new PartitionSearch(options.CandidateFactor, _reader);
        _sweeper = new Sweeper(_shelves, _locks, options.SweepInterval, reporting);
    }

    /// <summary>Gets the deletion of expired entries that was started last.</summary>
    internal Task Sweeping => _sweeper.Running;

    /// <summary>Opens the collection that will be needed, makes it if it is missing, and finds out whether the database can do what is needed.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A task that completes when the store can be used. Without it the same is done when the store is first used.</returns>
    /// <remarks>
    /// Which collection will be needed is known from <see cref="VectorDataOptions.Dimensions"/> or from the embedding generator, unless each partition has its own; otherwise one that is there already is
    /// opened. Where there is none, the connector is only asked whether it takes the fields; the database itself is asked when the first answer is stored, and a warning in the log says so.
    /// </remarks>
    /// <exception cref="VectorStoreCapabilityException">The database, or its connector, lacks something. The message names it.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    public Task OpenAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);

        return OpenCoreAsync(cancellationToken);
    }

    /// <summary>Ends the deletion of expired entries and closes the collections.</summary>
    /// <returns>A task that completes when nothing runs any more.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await _sweeper.DisposeAsync().ConfigureAwait(false);
            _shelves.Dispose();
        }
    }

    /// <summary>Ends the deletion of expired entries and closes the collections, without waiting for a deletion that runs.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _sweeper.Stop();
            _shelves.Dispose();
        }
    }

    private async Task OpenCoreAsync(CancellationToken cancellationToken)
    {
        if (!await _shelves.OpenAsync(cancellationToken).ConfigureAwait(false))
        {
            VectorDataLog.Unchecked(_logger, _collectionName);
        }
    }
}
