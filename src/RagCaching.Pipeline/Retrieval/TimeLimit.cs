namespace RagCaching.Pipeline.Retrieval;

/// <summary>Calls what belongs to others, and waits for it no longer than a limit.</summary>
internal static class TimeLimit
{
    /// <summary>Runs a call.</summary>
    /// <param name="call">The call; its token is cancelled when nobody waits any more.</param>
    /// <param name="limit">How long to wait.</param>
    /// <param name="time">The clock.</param>
    /// <param name="name">What the message of a <see cref="TimeoutException"/> calls it, as "The retriever 'wiki'".</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="TimeoutException">The time is up.</exception>
    /// <remarks>A token alone is no limit, since not every client looks at it: the wait is given up here, and the call is asked to stop.</remarks>
    public static async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, TimeSpan limit, TimeProvider time, string name, CancellationToken cancellationToken)
    {
        var abandonment = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = Start(call, abandonment);
        try
        {
            return await running.WaitAsync(limit, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!running.IsCompleted)
        {
            throw new TimeoutException($"{name} took longer than {limit}.");
        }
        finally
        {
            _ = EndAsync(running, abandonment);
        }
    }

    private static Task<T> Start<T>(Func<CancellationToken, Task<T>> call, CancellationTokenSource abandonment)
    {
        try
        {
            return call(abandonment.Token);
        }
        catch
        {
            abandonment.Dispose();
            throw;
        }
    }

    /// <summary>Stops a call, if it still runs, and marks the fault that it ends with as seen.</summary>
    private static async Task EndAsync(Task running, CancellationTokenSource abandonment)
    {
        try
        {
            if (!running.IsCompleted)
            {
                await abandonment.CancelAsync().ConfigureAwait(false);
            }

            await running.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // It has been reported, or nobody waits for it.
            System.Diagnostics.Debug.WriteLine(exception);
        }
        finally
        {
            abandonment.Dispose();
        }
    }
}
