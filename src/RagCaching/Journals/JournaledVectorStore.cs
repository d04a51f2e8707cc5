using Microsoft.Extensions.DependencyInjection;
using RagCaching.Diagnostics;
using RagCaching.Embeddings.Keys;
using RagCaching.Internal;
using RagCaching.Internal.Digests;
using RagCaching.Internal.Faults;
using RagCaching.Internal.Limits;
using RagCaching.Journals;
using RagCaching.VectorStores;
using RagCaching.VectorStores.InMemory;

namespace RagCaching;

/// <summary>Answers from an exact index in the memory of this process, and shares what is stored with other instances through a journal, which also keeps it over a restart.</summary>
/// <remarks>
/// <para>
/// An upsert is visible to this instance when it completes, and is written behind its caller in batches; <see cref="FlushAsync"/> and disposal write what waits. The changes of other instances
/// arrive within the delay that the journal states. Removals complete when the journal has them; from then on every instance that reaches the journal stops serving what they cover within
/// that delay, and an answer whose generation began before a removal is never stored after it, whatever the clocks say.
/// </para>
/// <para>
/// While the journal is out of reach, this instance goes on with what it has for <see cref="JournaledVectorStoreOptions.MaxStaleness"/>, then reads throw a
/// <see cref="JournalUnavailableException"/>, which for the cache is a counted miss, until the journal is back. Writes wait in a bounded queue.
/// </para>
/// <para>
/// What was stored before is loaded in the background, newest first, and serves as it comes. The index has the bounds of <see cref="InMemoryVectorStoreOptions"/>; what it evicts, or has
/// no room for, stays in the journal until it expires and is not found by meaning.
/// </para>
/// <para>Thread-safe. Searches and reads are those of <see cref="InMemoryVectorStore"/>. Dispose the store asynchronously where you can; it disposes the journal.</para>
/// </remarks>
public sealed partial class JournaledVectorStore : IVectorStore, ILocalIndex, IRemovalFeed, IAsyncDisposable, IDisposable
{
    private readonly IVectorJournal _journal;
    private readonly IJournalLeases? _leases;
    private readonly JournaledVectorStoreOptions _options;
    private readonly LocalEntries _entries;
    private readonly JournalContact _contact;
    private readonly JournalTurn _turn = new();
    private readonly JournalWriter _writer;
    private readonly JournalFollower _follower;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _following;
    private readonly Task _writing;
    private readonly TimeProvider _time;
    private readonly FaultBarrier _ends;
    private readonly SharedTimeLimits _limits;
    private int _disposed;

    /// <summary>Creates a store, which begins to open its journal and to load what is there.</summary>
    /// <param name="journal">The journal; the store disposes it.</param>
    /// <param name="options">The settings; <see langword="null"/> for the defaults. Read once.</param>
    /// <param name="index">The bounds of the index in memory; <see langword="null"/> for the defaults. Read once.</param>
    /// <param name="services">Provides a <see cref="TimeProvider"/>, an <c>IMeterFactory</c>, an <c>ILoggerFactory</c>, the <see cref="RagCachingKeyOptions"/> and an <see cref="IPayloadProtector"/>. All are optional.</param>
    /// <exception cref="ArgumentNullException"><paramref name="journal"/> is <see langword="null"/>.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A setting is out of range.</exception>
    public JournaledVectorStore(IVectorJournal journal, JournaledVectorStoreOptions? options = null, InMemoryVectorStoreOptions? index = null, IServiceProvider? services = null)
        : this(journal, options, index, new JournaledStoreParts(), services)
    {
    }

    /// <summary>Creates a store for a cache of a host.</summary>
    internal JournaledVectorStore(IVectorJournal journal, JournaledVectorStoreOptions? options, InMemoryVectorStoreOptions? index, JournaledStoreParts parts, IServiceProvider? services)
    {
        ArgumentNullException.ThrowIfNull(journal);
        _options = (options ?? new JournaledVectorStoreOptions()).Copy().Checked(new JournaledVectorStoreOptionsValidator(), new JournaledVectorStoreOptionsRules());
        var bounds = (index ?? new InMemoryVectorStoreOptions()).Copy().Checked(new InMemoryVectorStoreOptionsValidator());
        _time = services?.GetService<TimeProvider>() ?? TimeProvider.System;
        var reporting = new FaultReporting(_time, new CacheTelemetry(TelemetryNames.Kinds.Response, parts.Name, services), QuietLogger.From<JournaledVectorStore>(services));
        _limits = reporting.Limits;
        _leases = journal as IJournalLeases;
        _journal = journal = ProtectedJournal.Around(journal, services, reporting);
        _ends = new FaultBarrier(TelemetryNames.Operations.Follow, reporting);
        _contact = new JournalContact(_time, _options.MaxStaleness);
        _entries = new LocalEntries(() => new InMemoryVectorStore(bounds, parts.Name, services), _options.KeepPayloads, reporting);
        _writer = new JournalWriter(journal, _options, _entries, _contact, _turn, reporting);
        _follower = new JournalFollower(journal, IdentityOf(parts, services), _options, _entries, _contact, _turn, reporting) { MaxEntries = bounds.MaxEntries };
        JournalGauges.Add(this, parts.Name, services);

        // Started away from the caller's context: these loops belong to no request.
        using (ExecutionContext.SuppressFlow())
        {
            _following = Task.Run(() => _follower.RunAsync(_stopping.Token));
            _writing = Task.Run(() => _writer.RunAsync(_follower.Opened, _stopping.Token));
        }
    }

    /// <summary>Gets how the store stands to its journal.</summary>
    public JournalStatus Status => new()
    {
        IsServing = _contact.IsServing,
        IsLoaded = _contact.Loaded.IsCompletedSuccessfully,
        Version = _contact.Position.Version,
        Waiting = _writer.Waiting,
        Dropped = _writer.Dropped,
        Staleness = _contact.Staleness,
    };

    bool ILocalIndex.HandsOutPayloads => _options is { KeepPayloads: true, CheckBeforeServing: false };

    /// <summary>Waits until the journal has been opened.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A task that completes when it is open; that does not mean that everything is loaded.</returns>
    /// <exception cref="JournalMismatchException">The journal can never be used by this host.</exception>
    public Task WhenOpenAsync(CancellationToken cancellationToken = default) => _follower.Opened.WaitAsync(cancellationToken);

    /// <summary>Waits until everything that was in the journal at the start has been loaded, or as much as fits.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A task that completes when it is loaded.</returns>
    /// <exception cref="JournalMismatchException">The journal can never be used by this host.</exception>
    public Task WhenLoadedAsync(CancellationToken cancellationToken = default) => _contact.Loaded.WaitAsync(cancellationToken);

    /// <summary>Waits until every change that was made before is written.</summary>
    /// <param name="cancellationToken">Cancels the wait; the changes are written all the same.</param>
    /// <returns>A task that completes when they are written.</returns>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    /// <exception cref="JournalMismatchException">The journal can never be used by this host.</exception>
    public async ValueTask FlushAsync(CancellationToken cancellationToken = default) =>
        _ = await _writer.WriteAsync(change: null, Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);

    /// <summary>Writes what waits, for <see cref="JournaledVectorStoreOptions.DrainTimeout"/> at most, and stops. A second call does nothing.</summary>
    /// <returns>A task that completes when the store has stopped.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _writer.Complete();
        await _ends.RunAsync(
            static async (store, token) =>
            {
                // While the journal was never open, nothing can be written.
                await (store._follower.Opened.IsCompletedSuccessfully ? store._writing.WaitAsync(store._options.DrainTimeout, store._time, token) : Task.CompletedTask).ConfigureAwait(false);
                return true;
            },
            this,
            fallback: false,
            CancellationToken.None).ConfigureAwait(false);
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_following, _writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _contact.Stop();
        _limits.Stop();
        _entries.Dispose();
        _turn.Dispose();
        _stopping.Dispose();
        await _ends.RunAsync(
            static async (store, _) =>
            {
                await store._journal.DisposeAsync().ConfigureAwait(false);
                return true;
            },
            this,
            fallback: false,
            CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>
    /// Refuses further calls without waiting: what waits is still written in the background, for <see cref="JournaledVectorStoreOptions.DrainTimeout"/> at most and as long as the process lives. Prefer
    /// <see cref="DisposeAsync"/>.
    /// </summary>
    public void Dispose() => TimeLimit.Observe(DisposeAsync().AsTask());

    void IRemovalFeed.OnRemoval(Action<VectorFilter> listener) => _follower.Removing += listener;

    private static JournalIdentity IdentityOf(JournaledStoreParts parts, IServiceProvider? services)
    {
        Span<byte> scratch = stackalloc byte[256];
        var builder = new DigestBuilder(scratch, "ragcaching/journal/1");
        return new JournalIdentity { KeyCheck = builder.Complete(KeySecret.From(services)).ToShortText(), EmbeddingModel = parts.EmbeddingModel, Dimensions = parts.Dimensions };
    }
}
