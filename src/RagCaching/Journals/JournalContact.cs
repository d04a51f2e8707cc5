using RagCaching.Internal.Limits;

namespace RagCaching.Journals;

/// <summary>What this instance knows of the journal: how far it has read, when it last heard from it, and whether it can be used at all.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class JournalContact(TimeProvider time, TimeSpan maxStaleness)
{
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly List<(long Version, TaskCompletionSource Known)> _waiting = [];
    private TaskCompletionSource _wanted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastContact;
    private JournalPosition _position;
    private int _hasContact;
    private bool _hasStopped;
    private volatile JournalMismatchException? _fault;

    /// <summary>Gets the task that completes when what was in the journal at the start has been loaded, and fails when the journal cannot be used.</summary>
    public Task Loaded => _loaded.Task;

    /// <summary>
    /// Gets the position up to which this instance has taken in all changes; the default value before the journal was opened. Its own writes do not move it: changes of others with smaller versions may still have
    /// to be read.
    /// </summary>
    public JournalPosition Position
    {
        get
        {
            lock (_lock)
            {
                return _position;
            }
        }
    }

    /// <summary>Gets the task that completes when somebody begins to wait for changes, from now on.</summary>
    public Task WantedAnew
    {
        get
        {
            lock (_lock)
            {
                return _wanted.Task;
            }
        }
    }

    /// <summary>Gets the task that completes when somebody waits for changes that have not been taken in yet.</summary>
    public Task Wanted
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count > 0 ? Task.CompletedTask : _wanted.Task;
            }
        }
    }

    /// <summary>Gets the time since the last contact; <see langword="null"/> before the first one.</summary>
    public TimeSpan? Staleness => Volatile.Read(ref _hasContact) == 0 ? null : time.GetElapsedTime(Volatile.Read(ref _lastContact));

    /// <summary>Gets a value indicating whether what is stored may be served.</summary>
    public bool IsServing => _fault is null && Volatile.Read(ref _hasContact) != 0 && time.GetElapsedTime(Volatile.Read(ref _lastContact)) <= maxStaleness;

    /// <summary>Throws where nothing may be served.</summary>
    /// <exception cref="JournalMismatchException">The journal cannot be used.</exception>
    /// <exception cref="JournalUnavailableException">The journal has been out of reach for too long.</exception>
    public void ThrowUnlessServing()
    {
        ThrowIfUnusable();
        if (!IsServing)
        {
            throw new JournalUnavailableException();
        }
    }

    /// <summary>Throws where the journal can never be used.</summary>
    /// <exception cref="JournalMismatchException">The journal cannot be used.</exception>
    public void ThrowIfUnusable()
    {
        if (_fault is { } fault)
        {
            throw new JournalMismatchException(fault.Message, fault);
        }
    }

    /// <summary>Notes that the state of the journal was known at this moment.</summary>
    public void Heard(long timestamp)
    {
        Volatile.Write(ref _lastContact, timestamp);
        Volatile.Write(ref _hasContact, 1);
    }

    /// <summary>Notes that all changes up to a position have been taken in.</summary>
    public void Knows(JournalPosition position)
    {
        lock (_lock)
        {
            // What was waited for in another content of the journal will not come any more.
            Tell(position.Incarnation == _position.Incarnation ? position.Version : long.MaxValue);
            _position = position;
        }
    }

    /// <summary>Waits until all changes up to a version have been taken in, or will never be: the journal has lost them, or this instance has stopped.</summary>
    public Task WhenKnownAsync(long version)
    {
        lock (_lock)
        {
            if (version <= _position.Version || _hasStopped)
            {
                return Task.CompletedTask;
            }

            var known = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((version, known));
            _wanted.TrySetResult();
            _wanted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return known.Task;
        }
    }

    /// <summary>Notes that no more changes will be read.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _hasStopped = true;
            Tell(long.MaxValue);
        }
    }

    /// <summary>Notes that everything was loaded.</summary>
    public void HasLoaded() => _loaded.TrySetResult();

    /// <summary>Notes that the journal can never be used.</summary>
    public void Unusable(JournalMismatchException fault)
    {
        _fault = fault;
        if (_loaded.TrySetException(fault))
        {
            // Whoever waits is told; nobody may.
            TimeLimit.Observe(_loaded.Task);
        }
    }

    private void Tell(long version)
    {
        foreach (var (_, known) in _waiting.Where(waiting => waiting.Version <= version))
        {
            known.TrySetResult();
        }

        _waiting.RemoveAll(waiting => waiting.Version <= version);
    }
}
