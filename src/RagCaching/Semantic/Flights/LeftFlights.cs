using System.Collections.Concurrent;

namespace RagCaching.Semantic.Flights;

/// <summary>Answers whose callers have been served a stored one: they are generated to their end, within a limit, and stored.</summary>
/// <remarks>Thread-safe. Disposing cancels what is still being generated.</remarks>
internal sealed class LeftFlights(TimeSpan limit, TimeProvider time) : IDisposable
{
    // A model that hangs must not be asked more than that at the same time for nobody.
    private const int Most = 1_024;

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<AnswerFlight, Task> _flights = [];

    /// <summary>Gets how many answers are being generated that nobody waits for.</summary>
    public int Count => _flights.Count;

    /// <summary>Lets a flight go on whose starter leaves.</summary>
    public void Keep(AnswerFlight flight)
    {
        if (_flights.Count >= Most || flight.Ended.IsCompleted || _stop.IsCancellationRequested)
        {
            flight.LeaveAsFollower();
            return;
        }

        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _flights[flight] = left.Task;

        // It never throws.
        _ = WatchAsync(flight, left);
    }

    /// <summary>Waits until nothing is being generated that nobody waits for.</summary>
    public Task WhenIdleAsync() => Task.WhenAll(_flights.Values);

    public void Dispose() => _stop.Cancel();

    private async Task WatchAsync(AnswerFlight flight, TaskCompletionSource left)
    {
        var rest = limit - time.GetElapsedTime(flight.StartedAt);
        try
        {
            await flight.Ended.WaitAsync(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, time, _stop.Token).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            flight.LeaveAsFollower();
        }
        catch (OperationCanceledException)
        {
            flight.LeaveAsFollower();
        }

        _flights.TryRemove(flight, out _);
        left.SetResult();
    }
}
