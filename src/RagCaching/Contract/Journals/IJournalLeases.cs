namespace RagCaching;

/// <summary>Leases of an <see cref="IVectorJournal"/>, so that one instance generates an answer while the others wait for it.</summary>
/// <remarks>Optional: a journal that implements it offers it. A lease is advice, not a lock: two holders cost a second call of the model and nothing else. Thread-safe.</remarks>
public interface IJournalLeases
{
    /// <summary>Tries to become the only holder of a lease.</summary>
    /// <param name="name">The name, a digest.</param>
    /// <param name="duration">After this time the lease is free, whatever became of its holder.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A token that names this holding; <see langword="null"/> if somebody else holds the lease.</returns>
    /// <exception cref="Exception">The engine failed.</exception>
    ValueTask<string?> TryAcquireLeaseAsync(string name, TimeSpan duration, CancellationToken cancellationToken = default);

    /// <summary>Tells whether somebody holds a lease.</summary>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Whether the lease is held at this moment.</returns>
    /// <exception cref="Exception">The engine failed.</exception>
    ValueTask<bool> IsLeasedAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Gives a lease back. Does nothing if the lease has been lost meanwhile.</summary>
    /// <param name="name">The name.</param>
    /// <param name="token">What <see cref="TryAcquireLeaseAsync"/> returned.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A task that completes when the lease is free.</returns>
    /// <exception cref="Exception">The engine failed; the lease ends with its duration.</exception>
    ValueTask ReleaseLeaseAsync(string name, string token, CancellationToken cancellationToken = default);
}
