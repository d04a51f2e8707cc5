using System.Collections.Concurrent;

namespace RagCaching.Pipeline.Caching;

/// <summary>Lets callers that want the same at the same time share one call.</summary>
/// <remarks>The first caller makes the call, with its own token and context. When it leaves, one of the others makes the call anew. What the call throws reaches all of them. Thread-safe.</remarks>
internal sealed class FlightTable<TKey, TResult>
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, TaskCompletionSource<TResult>> _flights = new();

    /// <summary>Makes a call, or waits for the one that is being made.</summary>
    /// <returns>The result, and whether it is that of another caller.</returns>
    public async Task<(TResult Result, bool IsJoined)> RunAsync(TKey key, Func<CancellationToken, Task<TResult>> call, CancellationToken cancellationToken)
    {
        while (true)
        {
            var own = new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);
            var flight = _flights.GetOrAdd(key, own);
            if (ReferenceEquals(flight, own))
            {
                return (await LeadAsync(key, own, call, cancellationToken).ConfigureAwait(false), false);
            }

            try
            {
                return (await flight.Task.WaitAsync(cancellationToken).ConfigureAwait(false), true);
            }
            catch (OperationCanceledException) when (flight.Task.IsCanceled && !cancellationToken.IsCancellationRequested)
            {
                // The caller that made the call has left; the flight is no longer in the table.
            }
        }
    }

    private async Task<TResult> LeadAsync(TKey key, TaskCompletionSource<TResult> flight, Func<CancellationToken, Task<TResult>> call, CancellationToken cancellationToken)
    {
        var made = StartAsync(call, cancellationToken);
        await ((Task)made).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _flights.TryRemove(key, out _);
        if (made.IsCanceled && !cancellationToken.IsCancellationRequested)
        {
            // Nobody has left: this is how a part ended, and as much a failure as any other.
            flight.SetException(new TaskCanceledException(made));
        }
        else
        {
            flight.SetFromTask(made);
        }

        // This caller has it; nobody else has to look.
        _ = flight.Task.Exception;
        return await made.ConfigureAwait(false);
    }

    // A call that throws before it returns a task fails as one that returns a failed one.
    private static async Task<TResult> StartAsync(Func<CancellationToken, Task<TResult>> call, CancellationToken cancellationToken) => await call(cancellationToken).ConfigureAwait(false);
}
