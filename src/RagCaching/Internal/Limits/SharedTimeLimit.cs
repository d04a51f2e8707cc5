using System.Diagnostics.CodeAnalysis;

namespace RagCaching.Internal.Limits;

/// <summary>Runs calls to another system under one time limit, with one timer for all of them.</summary>
/// <remarks>
/// A batch makes hundreds of calls at a time, and a timer for each would cost more than the call of a fast storage. Since the limit is
/// the same for all, they reach it in the order in which they began, and the timer has to wait for the first one only. Otherwise as
/// <see cref="TimeLimit"/>. Thread-safe.
/// </remarks>
[SuppressMessage("Reliability", "CA1001:Types that own disposable fields should be disposable", Justification = "The timer is only known to the runtime while it is set; Stop ends that, and a call that comes later still has its limit.")]
internal sealed class SharedTimeLimit
{
    private readonly Lock _lock = new();
    private readonly LinkedList<LimitedCall> _calls = [];
    private readonly TimeSpan _limit;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private CancellationTokenSource? _spare;
    private bool _isTimerSet;
    private bool _hasStopped;

    /// <summary>Creates a limit.</summary>
    /// <param name="limit">How long a call may take.</param>
    /// <param name="time">The clock.</param>
    public SharedTimeLimit(TimeSpan limit, TimeProvider time)
    {
        _limit = limit;
        _time = time;
        _timer = time.CreateTimer(static self => ((SharedTimeLimit)self!).EndLateCalls(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Starts a call and stops waiting for it when it takes too long or the caller leaves.</summary>
    /// <typeparam name="TState">What the call needs, passed so that it needs no closure.</typeparam>
    /// <typeparam name="TResult">What the call returns.</typeparam>
    /// <param name="call">The call. Its token is cancelled when nobody waits for it any more.</param>
    /// <param name="state">What the call needs.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <returns>The result; or a <see cref="TimeoutException"/> when the limit has passed, or the cancellation of the caller's token.</returns>
    /// <remarks>What the call throws before it returns is thrown from here.</remarks>
    public ValueTask<TResult> RunAsync<TState, TResult>(
        Func<TState, CancellationToken, ValueTask<TResult>> call, TState state, CancellationToken cancellationToken)
    {
        var abandonment = TakeSource();
        var started = call(state, abandonment.Token);
        if (started.IsCompleted)
        {
            Reuse(abandonment);
            return started;
        }

        var limited = new LimitedCall<TResult>(this, started, abandonment);
        Add(limited);
        limited.Begin(cancellationToken);
        return new ValueTask<TResult>(limited.Task);
    }

    /// <summary>Gets a source that asks a call to stop.</summary>
    /// <remarks>One that was never cancelled serves again. Storages in memory complete at once, and then this is all they would cost.</remarks>
    internal CancellationTokenSource TakeSource() => Interlocked.Exchange(ref _spare, null) ?? new CancellationTokenSource();

    /// <summary>Takes back the source of a call that has ended.</summary>
    internal void Reuse(CancellationTokenSource abandonment) => _spare = abandonment.TryReset() ? abandonment : null;

    /// <summary>Begins the watch over a call.</summary>
    internal void Add(LimitedCall call)
    {
        lock (_lock)
        {
            call.StartedAt = _time.GetTimestamp();
            _calls.AddLast(call.Place);
            if (!_isTimerSet)
            {
                _isTimerSet = true;
                _timer.Change(_limit, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Ends the watch over a call.</summary>
    internal void Remove(LimitedCall call)
    {
        lock (_lock)
        {
            if (call.Place.List is not null)
            {
                _calls.Remove(call.Place);
                ReleaseTimer();
            }
        }
    }

    /// <summary>From now on, no timer is set while there is no call. Until then it may ring once more after the last one, since to set it anew for each call would cost more than a fast call.</summary>
    internal void Stop()
    {
        lock (_lock)
        {
            _hasStopped = true;
            ReleaseTimer();
        }
    }

    private void ReleaseTimer()
    {
        if (_hasStopped && _isTimerSet && _calls.Count == 0)
        {
            _isTimerSet = false;
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    // One call ends here and the others at the same time elsewhere, as the timers of the runtime do it: what follows a timeout may be long.
    private void EndLateCalls()
    {
        var one = TakeLateCall();
        while (one is not null && TakeLateCall() is { } another)
        {
            ThreadPool.UnsafeQueueUserWorkItem(another, preferLocal: false);
        }

        one?.Execute();
    }

    // The last time, when there is none, it also sets the timer again.
    private LimitedCall? TakeLateCall()
    {
        lock (_lock)
        {
            if (_calls.First is not { } first)
            {
                _isTimerSet = false;
                return null;
            }

            var rest = _limit - _time.GetElapsedTime(first.Value.StartedAt);
            if (rest > TimeSpan.Zero)
            {
                // Timers count whole milliseconds and cut off the rest.
                _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(rest.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
                return null;
            }

            _calls.RemoveFirst();
            return first.Value;
        }
    }
}
