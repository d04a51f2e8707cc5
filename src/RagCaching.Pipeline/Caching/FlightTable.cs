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
        try
        {
            var result = await call(cancellationToken).ConfigureAwait(false);
            _flights.TryRemove(key, out _);
            flight.SetResult(result);
            return result;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _flights.TryRemove(key, out _);
            flight.SetCanceled(CancellationToken.None);
            throw;
        }
        catch (Exception exception)
        {
            _flights.TryRemove(key, out _);
            flight.SetException(exception);

            // This caller has it; nobody else has to look.
            _ = flight.Task.Exception;
            throw;
        }
    }
}
