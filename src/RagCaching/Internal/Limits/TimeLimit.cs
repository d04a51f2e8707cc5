namespace RagCaching.Internal.Limits;

/// <summary>Runs calls to other systems under a time limit of our own.</summary>
internal static class TimeLimit
{
    // A source that was never cancelled serves again. Storages in memory complete at once, and then this is all they would cost.
    private static CancellationTokenSource? _spare;

    /// <summary>Starts a call and stops waiting for it when it takes too long or the caller leaves.</summary>
    /// <typeparam name="TState">What the call needs, passed so that it needs no closure.</typeparam>
    /// <typeparam name="TResult">What the call returns.</typeparam>
    /// <param name="call">The call. Its token is cancelled when nobody waits for it any more.</param>
    /// <param name="state">What the call needs.</param>
    /// <param name="limit">The limit.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <exception cref="TimeoutException">The limit passed.</exception>
    /// <remarks>
    /// A token alone is no limit: StackExchange.Redis, for one, does not look at it while it waits for the server. So the wait is
    /// given up here, the call is asked to stop, and a fault that it ends with later is observed. A call that blocks its thread
    /// before it returns cannot be limited.
    /// </remarks>
    public static async ValueTask<TResult> RunAsync<TState, TResult>(
        Func<TState, CancellationToken, ValueTask<TResult>> call, TState state, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        var abandonment = Interlocked.Exchange(ref _spare, null) ?? new CancellationTokenSource();
        var started = call(state, abandonment.Token);
        if (started.IsCompleted)
        {
            _spare = abandonment.TryReset() ? abandonment : null;
            return await started.ConfigureAwait(false);
        }

        var running = started.AsTask();
        try
        {
            return await running.WaitAsync(limit, time, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            Observe(running);
            Observe(abandonment.CancelAsync());
            throw;
        }
    }

    /// <summary>Marks the fault of a task that nobody awaits as seen, whenever it comes.</summary>
    public static void Observe(Task task) => task.ContinueWith(
        static finished => _ = finished.Exception,
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);
}
