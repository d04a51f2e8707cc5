using RagCaching.Internal;
using RagCaching.Internal.Limits;

namespace RagCaching.Semantic.Storing;

/// <summary>What everything shares that reads a stored entry, changes it and writes it back.</summary>
/// <param name="Locks">One change of an entry at a time.</param>
/// <param name="MaxAnswerBytes">The largest answer that is stored, in bytes.</param>
/// <param name="Time">The time.</param>
internal sealed record EntryChanges(KeyedLocks Locks, int MaxAnswerBytes, TimeProvider Time)
{
    // A store that hangs must not keep the other changes of an entry waiting for ever.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>Changes an entry while nobody else does.</summary>
    /// <param name="entryId">The entry.</param>
    /// <param name="change">The change.</param>
    /// <param name="state">Its argument.</param>
    /// <param name="cancellationToken">Cancels the change.</param>
    /// <exception cref="TimeoutException">The change took too long.</exception>
    public async ValueTask<TResult> RunAsync<TState, TResult>(string entryId, Func<TState, CancellationToken, ValueTask<TResult>> change, TState state, CancellationToken cancellationToken)
    {
        using var holder = await Locks.EnterAsync(entryId, cancellationToken).ConfigureAwait(false);
        return await TimeLimit.RunAsync(change, state, Longest, Time, cancellationToken).ConfigureAwait(false);
    }
}
