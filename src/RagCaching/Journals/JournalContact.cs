using RagCaching.Internal.Limits;

namespace RagCaching.Journals;

/// <summary>What this instance knows of the journal: how far it has read, when it last heard from it, and whether it can be used at all.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class JournalContact(TimeProvider time, TimeSpan maxStaleness)
{
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastContact;
    private long _known;
    private int _hasContact;
    private volatile JournalMismatchException? _fault;

    /// <summary>Gets the task that completes when what was in the journal at the start has been loaded, and fails when the journal cannot be used.</summary>
    public Task Loaded => _loaded.Task;

    /// <summary>Gets the greatest version of which this instance knows that it has been given out.</summary>
    public long Known => Volatile.Read(ref _known);

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

    /// <summary>Notes that a version has been given out.</summary>
    public void Knows(long version)
    {
        var known = Known;
        while (version > known)
        {
            var before = Interlocked.CompareExchange(ref _known, version, known);
            if (before == known)
            {
                return;
            }

            known = before;
        }
    }

    /// <summary>Starts to count versions anew, as the journal does.</summary>
    public void Reset(long version) => Volatile.Write(ref _known, version);

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
}
