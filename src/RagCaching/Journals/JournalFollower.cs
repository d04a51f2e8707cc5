using RagCaching.Diagnostics;
using RagCaching.Internal.Faults;
using RagCaching.Internal.Limits;

namespace RagCaching.Journals;

/// <summary>Keeps this instance's copy up to the journal: opens it, loads what is stored, and follows the changes.</summary>
/// <remarks>
/// One loop does all of it, one step after the other: a part of the snapshot is taken in before the changes that came after it are, so a removal never comes before what it removes.
/// </remarks>
internal sealed class JournalFollower
{
    private const int PageEntries = 2_000;
    private const int PagesBetweenLooks = 8;
    private const int MaxChanges = 2_000;
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(1);

    private readonly IVectorJournal _journal;
    private readonly JournalIdentity _identity;
    private readonly JournaledVectorStoreOptions _options;
    private readonly LocalEntries _entries;
    private readonly JournalContact _contact;
    private readonly JournalTurn _turn;
    private readonly FaultReporting _reporting;
    private readonly FaultBarrier _reads;
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private JournalPosition _position;
    private string? _cursor;
    private bool _isOpen;
    private bool _isUnusable;
    private bool _isLoading = true;
    private bool _isFirstLoad = true;

    /// <summary>Creates the follower.</summary>
    public JournalFollower(IVectorJournal journal, JournalIdentity identity, JournaledVectorStoreOptions options, LocalEntries entries, JournalContact contact, JournalTurn turn, FaultReporting reporting)
    {
        _journal = journal;
        _identity = identity;
        _options = options;
        _entries = entries;
        _contact = contact;
        _turn = turn;
        _reporting = reporting;
        _reads = new FaultBarrier(TelemetryNames.Operations.Follow, reporting, (logger, _, exception) => Log.JournalOutOfReach(logger, journal.Engine, exception));
    }

    /// <summary>Gets the task that completes when the journal is open, and fails when it can never be used.</summary>
    public Task Opened => _opened.Task;

    /// <summary>Gets or sets what is told of removals before they are applied.</summary>
    public Action<VectorFilter>? Removing { get; set; }

    /// <summary>Gets or sets what is told of what others have learnt: the topic and the content.</summary>
    public Action<string, ReadOnlyMemory<byte>>? Learning { get; set; }

    /// <summary>Gets or sets the largest number of entries that fit into the index.</summary>
    public int MaxEntries { get; set; } = int.MaxValue;

    /// <summary>Follows until the token is cancelled, or the journal turns out to be unusable.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var backoff = new Backoff();
        while (!_isUnusable)
        {
            var wanted = _contact.WantedAnew;
            if (await _reads.RunAsync(static (follower, token) => follower.StepAsync(token), this, fallback: false, cancellationToken).ConfigureAwait(false))
            {
                backoff.Reset();
            }
            else
            {
                // A connection that failed is opened and checked again: it may lead to another journal by now.
                _isOpen = false;
                await PauseAsync(backoff.Next(), wanted, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // A caller who waits is worth an attempt at once.
    private async Task PauseAsync(TimeSpan duration, Task wanted, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(Task.Delay(duration, _reporting.Time, enough.Token), wanted).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async ValueTask<bool> StepAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!_isOpen)
            {
                await OpenAsync(cancellationToken).ConfigureAwait(false);
                _isOpen = true;
            }

            await ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (JournalMismatchException exception)
        {
            Unusable(exception);
        }

        return true;
    }

    private async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        var position = await TimeLimit.RunAsync(_journal.OpenAsync, _identity, _options.CallTimeout, _reporting.Time, cancellationToken).ConfigureAwait(false);
        if (_position.Incarnation is null)
        {
            // Answers that are being generated already may be older than removals of which this instance is never told.
            Removing?.Invoke(new VectorFilter());
            _position = position;
            _contact.Knows(position);
        }

        _opened.TrySetResult();
    }

    private async ValueTask ReadAsync(CancellationToken cancellationToken)
    {
        if (_isLoading)
        {
            await LoadPagesAsync(cancellationToken).ConfigureAwait(false);
        }

        var hasMore = await FollowAsync(cancellationToken).ConfigureAwait(false);
        _entries.ReleaseRetired();
        if (!_isLoading && !hasMore)
        {
            await TimeLimit.RunAsync(static (follower, token) => follower.WaitAsync(token), this, Heartbeat + _options.CallTimeout, _reporting.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    // Until there may be news, or somebody waits for what this instance has written itself, which it need not be told of.
    private async ValueTask<bool> WaitAsync(CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waiting = _journal.WaitForChangesAsync(_position, Heartbeat, enough.Token).AsTask();
        if (await Task.WhenAny(waiting, _contact.Wanted).ConfigureAwait(false) == waiting)
        {
            await waiting.ConfigureAwait(false);
            return true;
        }

        await enough.CancelAsync().ConfigureAwait(false);
        TimeLimit.Observe(waiting);
        return true;
    }

    // The next part is read while this one is taken in, but never across a look at the changes: a part must not be older than what has been applied.
    private async ValueTask LoadPagesAsync(CancellationToken cancellationToken)
    {
        var reading = ReadPageAsync(_cursor, cancellationToken);

        // Nothing is served before the first look, so that comes soon.
        var pages = _contact.IsServing ? PagesBetweenLooks : 1;
        for (var i = 1; i <= pages && _isLoading; i++)
        {
            var page = await reading.ConfigureAwait(false);
            var isLast = page.Next is null || i == pages;
            reading = isLast ? reading : Task.Run(() => ReadPageAsync(page.Next, cancellationToken), cancellationToken);
            CountUnreadable(page.Unreadable);
            var hasRoom = _entries.Load(page.Entries, MaxEntries);
            _cursor = page.Next;
            _isLoading = hasRoom && page.Next is not null;
        }

        // Of an index that is full, the part that was asked for is not needed.
        TimeLimit.Observe(reading);
    }

    private Task<JournalPage> ReadPageAsync(string? cursor, CancellationToken cancellationToken) => TimeLimit.RunAsync(
        static (read, token) => read.Journal.ReadSnapshotAsync(read.Cursor, PageEntries, read.KeepPayloads, token),
        (Journal: _journal, Cursor: cursor, _options.KeepPayloads),
        _options.CallTimeout,
        _reporting.Time,
        cancellationToken).AsTask();

    // Returns whether there are more changes already.
    private async ValueTask<bool> FollowAsync(CancellationToken cancellationToken)
    {
        using var turn = await _turn.TakeAsync(cancellationToken).ConfigureAwait(false);
        var asked = _reporting.Time.GetTimestamp();
        var changes = await ReadChangesAsync(cancellationToken).ConfigureAwait(false);
        CountUnreadable(changes.Unreadable);
        if (changes.IsGap)
        {
            BeginAnew(changes.Position);
            return true;
        }

        foreach (var record in changes.Records)
        {
            // What this instance wrote before it is settled first: it must not keep a later change out.
            _turn.Passed(record.Version, _entries.Pending);
            Apply(record);
        }

        _position = changes.Position;
        _contact.Knows(_position);
        _turn.Passed(_position.Version, _entries.Pending);
        if (changes.HasMore)
        {
            return true;
        }

        if (!_isLoading)
        {
            _entries.EndLoad();
        }

        // Of an index that is being replaced it is not known what was removed meanwhile.
        if (!_entries.IsReloading)
        {
            _contact.Heard(asked);
        }

        if (!_isLoading && _isFirstLoad)
        {
            _isFirstLoad = false;
            _contact.HasLoaded();
            Log.JournalLoaded(_reporting.Logger, _journal.Engine, ((ICacheSize)_entries.Current).Entries);
        }

        return false;
    }

    private async ValueTask<JournalChanges> ReadChangesAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await TimeLimit.RunAsync(
                static (read, token) => read.Journal.ReadChangesAsync(read.Position, MaxChanges, read.KeepPayloads, token),
                (Journal: _journal, Position: _position, _options.KeepPayloads),
                _options.CallTimeout,
                _reporting.Time,
                cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException exception)
        {
            // It would be as damaged the next time. What it did is made up by reading what is stored now.
            _reporting.Counter.Failed(TelemetryNames.Operations.Parse, exception.GetType().FullName!);
            var position = await TimeLimit.RunAsync(_journal.OpenAsync, _identity, _options.CallTimeout, _reporting.Time, cancellationToken).ConfigureAwait(false);
            return new JournalChanges([], position, IsGap: true);
        }
    }

    private void CountUnreadable(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _reporting.Counter.Failed(TelemetryNames.Operations.Parse, TelemetryNames.Errors.InvalidEntry);
        }
    }

    private void Apply(JournalRecord record)
    {
        if (record.Change.Kind == JournalChangeKind.Learn)
        {
            if (!record.IsOwn)
            {
                Learning?.Invoke(record.Change.Partition, record.Change.Content);
            }

            return;
        }

        if (record.Change.Filter is { } filter && !record.IsOwn)
        {
            Removing?.Invoke(filter);
        }

        _entries.Apply(record);
    }

    private void BeginAnew(JournalPosition position)
    {
        Log.JournalGap(_reporting.Logger, _journal.Engine);
        _reporting.Counter.Failed(TelemetryNames.Operations.Follow, TelemetryNames.Errors.Gap);

        // What was removed meanwhile is unknown, so every answer that is being generated may be older than a removal.
        Removing?.Invoke(new VectorFilter());
        var isSame = position.Incarnation == _position.Incarnation;
        if (!isSame)
        {
            // What still waits is refused by the journal: nobody knows what was removed while it was written.
            _turn.PassedAll(_entries.Pending);
            _entries.Pending.ForgetBasis();
        }
        else
        {
            // What the journal had by then comes with the snapshot, unless it was removed by what is not read any more.
            _turn.Passed(position.Version, _entries.Pending);
        }

        _position = position;
        _contact.Knows(position);
        _cursor = null;
        _isLoading = true;
        _entries.BeginReload(isSame);
    }

    private void Unusable(JournalMismatchException exception)
    {
        _isUnusable = true;
        Log.JournalUnusable(_reporting.Logger, _journal.Engine, exception.Message);
        _reads.Failed(exception);
        _contact.Unusable(exception);
        _opened.TrySetException(exception);
        TimeLimit.Observe(_opened.Task);
    }
}
