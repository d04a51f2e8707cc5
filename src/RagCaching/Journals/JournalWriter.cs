using System.Threading.Channels;
using RagCaching.Diagnostics;
using RagCaching.Internal.Faults;
using RagCaching.Internal.Limits;

namespace RagCaching.Journals;

/// <summary>Writes changes to the journal behind the callers: in their order, in batches, again after a failure.</summary>
internal sealed class JournalWriter
{
    private const int MaxBatchChanges = 500;
    private const long MaxBatchBytes = 4 << 20;

    private readonly IVectorJournal _journal;
    private readonly JournaledVectorStoreOptions _options;
    private readonly LocalEntries _entries;
    private readonly JournalContact _contact;
    private readonly JournalTurn _turn;
    private readonly FaultReporting _reporting;
    private readonly FaultBarrier _appends;
    private readonly FaultBarrier _looks;
    private readonly Channel<QueuedChange> _queue;
    private readonly List<QueuedChange> _batch = [];
    private long _dropped;

    public JournalWriter(IVectorJournal journal, JournaledVectorStoreOptions options, LocalEntries entries, JournalContact contact, JournalTurn turn, FaultReporting reporting)
    {
        _journal = journal;
        _options = options;
        _entries = entries;
        _contact = contact;
        _turn = turn;
        _reporting = reporting;
        _appends = new FaultBarrier(TelemetryNames.Operations.Append, reporting, (logger, _, exception) => Log.JournalNotWritten(logger, journal.Engine, exception));
        _looks = new FaultBarrier(TelemetryNames.Operations.Append, reporting, log: null, options.CallTimeout);
        _queue = Channel.CreateBounded<QueuedChange>(new BoundedChannelOptions(options.QueueCapacity) { SingleReader = true });
    }

    /// <summary>Gets the number of changes that wait.</summary>
    public int Waiting => _queue.Reader.Count;

    /// <summary>Gets the number of changes that were never written.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Hands a change over without waiting for it to be written.</summary>
    /// <returns>Whether it will be written; if not, it was counted.</returns>
    public async ValueTask<bool> PostAsync(JournalChange change, CancellationToken cancellationToken)
    {
        var item = new QueuedChange(change, Done: null);
        if (_queue.Writer.TryWrite(item))
        {
            return true;
        }

        if (_options.WhenQueueIsFull == JournalFullBehavior.Wait)
        {
            try
            {
                await _queue.Writer.WriteAsync(item, cancellationToken).ConfigureAwait(false);
                return true;
            }
            catch (ChannelClosedException)
            {
                // Disposed meanwhile; dropped like everything that comes too late.
            }
        }

        Drop(item, TelemetryNames.Errors.QueueFull);
        return false;
    }

    /// <summary>Hands a change over that nobody would wait for.</summary>
    public void Post(JournalChange change)
    {
        var item = new QueuedChange(change, Done: null);
        if (!_queue.Writer.TryWrite(item))
        {
            Drop(item, TelemetryNames.Errors.QueueFull);
        }
    }

    /// <summary>Hands a change over and waits until it is written.</summary>
    /// <exception cref="TimeoutException">It takes too long; it will be written when the journal is back.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    /// <exception cref="ArgumentException">The journal refuses the change as it is.</exception>
    public async ValueTask<JournalReceipt> WriteAsync(JournalChange? change, TimeSpan limit, CancellationToken cancellationToken)
    {
        _contact.ThrowIfUnusable();
        var done = new TaskCompletionSource<JournalReceipt>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await _queue.Writer.WriteAsync(new QueuedChange(change, done), cancellationToken).AsTask().WaitAsync(limit, _reporting.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(JournaledVectorStore));
        }

        // Whoever stops waiting leaves a task whose failure nobody looks at.
        TimeLimit.Observe(done.Task);
        return await done.Task.WaitAsync(limit, _reporting.Time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes no more changes; what is waiting is still written.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    /// <summary>Writes until no more changes come, or the token is cancelled; what is left then is dropped and counted.</summary>
    public async Task RunAsync(Task opened, CancellationToken cancellationToken)
    {
        try
        {
            await opened.WaitAsync(cancellationToken).ConfigureAwait(false);
            while (await _queue.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                TakeBatch();
                await WriteBatchAsync(cancellationToken).ConfigureAwait(false);
                _batch.Clear();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The time for writing is over; what is left is dropped below.
        }
        catch (JournalMismatchException)
        {
            // Said by who tried to open it; nothing can be written, and what waits is dropped below.
        }
        finally
        {
            _queue.Writer.TryComplete();
            DropRest();
        }
    }

    private void TakeBatch()
    {
        var bytes = 0L;
        while (_batch.Count < MaxBatchChanges && bytes < MaxBatchBytes && _queue.Reader.TryRead(out var item))
        {
            _batch.Add(item);
            bytes += SizeOf(item.Change);
        }
    }

    private async ValueTask WriteBatchAsync(CancellationToken cancellationToken)
    {
        if (await TryWriteAsync(_batch, cancellationToken).ConfigureAwait(false) is null)
        {
            return;
        }

        // One of the batch can never be written; the others must not suffer for it.
        foreach (var item in _batch)
        {
            if (await TryWriteAsync([item], cancellationToken).ConfigureAwait(false) is { } refusal)
            {
                Drop(item, refusal.GetType().FullName!);
                item.Done?.TrySetException(refusal);
            }
        }
    }

    /// <summary>Appends changes, again and again until it succeeds.</summary>
    /// <returns>Why they can never be appended as they are; <see langword="null"/> if they were.</returns>
    private async ValueTask<ArgumentException?> TryWriteAsync(List<QueuedChange> items, CancellationToken cancellationToken)
    {
        var backoff = new Backoff();
        while (true)
        {
            var (isDone, refusal) = await _appends.RunAsync(
                async (batch, token) =>
                {
                    try
                    {
                        await AppendAsync(batch, token).ConfigureAwait(false);
                        return (true, null);
                    }
                    catch (ArgumentException exception)
                    {
                        return (true, exception);
                    }
                },
                items,
                fallback: (false, default(ArgumentException)),
                cancellationToken).ConfigureAwait(false);
            if (isDone)
            {
                return refusal;
            }

            await Task.Delay(backoff.Next(), _reporting.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask AppendAsync(List<QueuedChange> items, CancellationToken cancellationToken)
    {
        JournalChange[] changes = [.. items.Where(item => item.Change is not null).Select(item => item.Change!)];
        IReadOnlyList<JournalReceipt> receipts = [];
        List<EntryKey>? refused = null;
        using (await _turn.TakeAsync(cancellationToken).ConfigureAwait(false))
        {
            if (changes.Length > 0)
            {
                receipts = await TimeLimit.RunAsync(_journal.AppendAsync, (IReadOnlyList<JournalChange>)changes, _options.CallTimeout, _reporting.Time, cancellationToken).ConfigureAwait(false);
            }

            var i = 0;
            foreach (var item in items.Where(item => item.Change is not null))
            {
                var receipt = receipts[i++];
                if (item.Key is not { } key)
                {
                    continue;
                }

                if (receipt.IsRefused)
                {
                    (refused ??= []).Add(key);
                }
                else
                {
                    _turn.Appended(receipt.Version, key);
                }
            }
        }

        foreach (var key in refused ?? [])
        {
            await TakeBackAsync(key, cancellationToken).ConfigureAwait(false);
        }

        var next = 0;
        foreach (var item in items)
        {
            var receipt = item.Change is null ? default : receipts[next++];
            item.Done?.TrySetResult(receipt);
        }
    }

    // What a removal has overtaken goes; what the journal has instead takes its place. That a look fails must not have the batch appended again.
    private async ValueTask TakeBackAsync(EntryKey key, CancellationToken cancellationToken)
    {
        var isLast = !_entries.Pending.ContainsLaterThanLast(key);
        _entries.Pending.Settle(key);
        if (isLast)
        {
            _reporting.Counter.Failed(TelemetryNames.Operations.Append, TelemetryNames.Errors.Removed);
            _entries.TakeBack(key);
            var before = _entries.MomentOf(key);
            var stored = await _looks.RunAsync(
                static (look, token) => look.Journal.ReadAsync(look.Key.Partition, look.Key.Id, withVector: true, token), (Journal: _journal, Key: key), fallback: default(VectorEntry), cancellationToken).ConfigureAwait(false);
            if (stored is not null)
            {
                _entries.TryFetch(key, stored, before);
            }
        }
    }

    private void Drop(QueuedChange item, string errorType)
    {
        Interlocked.Increment(ref _dropped);
        _appends.Failed(errorType);
        if (item.Key is { } key)
        {
            _entries.Pending.Settle(key);
        }
    }

    private void DropRest()
    {
        foreach (var item in _batch.Concat(Rest()))
        {
            if (item.Done?.Task.IsCompleted == true)
            {
                continue;
            }

            item.Done?.TrySetException(new ObjectDisposedException(nameof(JournaledVectorStore)));
            if (item.Change is not null)
            {
                Drop(item, TelemetryNames.Errors.Disposed);
            }
        }

        _batch.Clear();

        IEnumerable<QueuedChange> Rest()
        {
            while (_queue.Reader.TryRead(out var item))
            {
                yield return item;
            }
        }
    }

    private static long SizeOf(JournalChange? change) => change?.Entry is { } entry
        ? (entry.Vector.Length * sizeof(float)) + entry.Metadata.Length + entry.Payload.Length
        : change?.Content.Length ?? 0;
}
