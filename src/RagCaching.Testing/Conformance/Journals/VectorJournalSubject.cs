namespace RagCaching;

/// <summary>A place that journals share, such as a file or a schema, with the clock that they follow.</summary>
/// <remarks>Derive from it where a place has to be removed after a check. One check uses one subject, whose place is empty at the start.</remarks>
public class VectorJournalSubject : IAsyncDisposable
{
    private readonly Func<IVectorJournal> _create;
    private readonly Action<TimeSpan> _advance;

    /// <summary>Creates a subject.</summary>
    /// <param name="create">Creates another journal on the same place, as another process would. The check disposes of it. Expiry follows <paramref name="time"/>.</param>
    /// <param name="time">A clock that stands still until it is advanced, such as <c>FakeTimeProvider</c> of the package Microsoft.Extensions.TimeProvider.Testing, at a whole millisecond.</param>
    /// <param name="advance">Advances the clock by a positive duration.</param>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public VectorJournalSubject(Func<IVectorJournal> create, TimeProvider time, Action<TimeSpan> advance)
    {
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(advance);

        _create = create;
        Time = time;
        _advance = advance;
    }

    /// <summary>Gets the clock that the journals follow.</summary>
    public TimeProvider Time { get; }

    /// <summary>Creates another journal on the same place.</summary>
    /// <returns>The journal, not yet opened. The caller disposes of it.</returns>
    public IVectorJournal Create() => _create();

    /// <summary>Lets time pass.</summary>
    /// <param name="duration">The duration, positive.</param>
    public void Advance(TimeSpan duration) => _advance(duration);

    /// <summary>Override it to remove the place. All journals that the check created are disposed of before.</summary>
    /// <returns>A task that completes when nothing of the subject is left.</returns>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return default;
    }
}
