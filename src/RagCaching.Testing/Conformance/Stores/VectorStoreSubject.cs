namespace RagCaching;

/// <summary>A store that is checked, with the clock that it follows.</summary>
/// <remarks>
/// Derive from it where a store needs more than an advanced clock to see time pass, or more than disposal to be cleaned up. One check uses one subject.
/// </remarks>
public class VectorStoreSubject : IAsyncDisposable
{
    private readonly Action<TimeSpan> _advance;

    /// <summary>Creates a subject.</summary>
    /// <param name="store">The store: empty, with room for at least a thousand small entries. It takes the time from <paramref name="time"/>. The subject disposes of it if it can be disposed of.</param>
    /// <param name="time">A clock that stands still until it is advanced, such as <c>FakeTimeProvider</c> of the package Microsoft.Extensions.TimeProvider.Testing, at a whole millisecond.</param>
    /// <param name="advance">Advances the clock by a positive duration.</param>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public VectorStoreSubject(IVectorStore store, TimeProvider time, Action<TimeSpan> advance)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(advance);

        Store = store;
        Time = time;
        _advance = advance;
    }

    /// <summary>Gets the store.</summary>
    public IVectorStore Store { get; }

    /// <summary>Gets the clock that the store follows.</summary>
    public TimeProvider Time { get; }

    /// <summary>Lets time pass. Override it for a store that follows something else, and wait until it has caught up.</summary>
    /// <param name="duration">The duration, positive.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A task that completes when the store sees the new time.</returns>
    public virtual ValueTask AdvanceAsync(TimeSpan duration, CancellationToken cancellationToken = default)
    {
        _advance(duration);
        return default;
    }

    /// <summary>Disposes of the store, if it can be disposed of. Override it to remove what the store leaves behind.</summary>
    /// <returns>A task that completes when nothing of the subject is left.</returns>
    public virtual async ValueTask DisposeAsync()
    {
        if (Store is IAsyncDisposable asynchronous)
        {
            await asynchronous.DisposeAsync().ConfigureAwait(false);
        }
        else
        {
            (Store as IDisposable)?.Dispose();
        }

        GC.SuppressFinalize(this);
    }
}
