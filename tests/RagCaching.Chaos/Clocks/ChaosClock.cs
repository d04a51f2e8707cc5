namespace RagCaching.Chaos.Clocks;

/// <summary>A clock whose time of day can be set wrong while its timestamps go on evenly, and that knows which timers it has given out are still there.</summary>
/// <param name="inner">The clock behind it.</param>
public sealed class ChaosClock(TimeProvider? inner = null) : TimeProvider
{
    private readonly TimeProvider _inner = inner ?? System;
    private long _skew;
    private int _timers;

    /// <summary>Gets or sets how far the time of day is ahead of the inner clock.</summary>
    public TimeSpan Skew
    {
        get => TimeSpan.FromTicks(Volatile.Read(ref _skew));
        set => Volatile.Write(ref _skew, value.Ticks);
    }

    /// <summary>Gets how many timers were made and not disposed, without those that ring once and have rung.</summary>
    public int LiveTimers => Volatile.Read(ref _timers);

    public override long TimestampFrequency => _inner.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => _inner.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => _inner.GetUtcNow() + Skew;

    public override long GetTimestamp() => _inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return new CountedTimer(this, callback, state, dueTime, period);
    }

    private sealed class CountedTimer : ITimer
    {
        private readonly ChaosClock _clock;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private readonly ITimer _timer;
        private int _isLive;

        public CountedTimer(ChaosClock clock, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _clock = clock;
            _callback = callback;
            _state = state;
            Mark(dueTime);
            var isOnce = period == Timeout.InfiniteTimeSpan || period == TimeSpan.Zero;
            _timer = clock._inner.CreateTimer(_ => Ring(isOnce), null, dueTime, period);
        }

        // What nobody can stop any more, since nobody has it, never rings and is not left.
        ~CountedTimer() => End();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Mark(dueTime);
            return _timer.Change(dueTime, period);
        }

        public void Dispose()
        {
            GC.SuppressFinalize(this);
            End();
            _timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            GC.SuppressFinalize(this);
            End();
            return _timer.DisposeAsync();
        }

        private void Ring(bool isOnce)
        {
            if (isOnce)
            {
                End();
            }

            _callback(_state);
        }

        private void Mark(TimeSpan dueTime)
        {
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                End();
            }
            else if (Interlocked.Exchange(ref _isLive, 1) == 0)
            {
                Interlocked.Increment(ref _clock._timers);
            }
        }

        private void End()
        {
            if (Interlocked.Exchange(ref _isLive, 0) == 1)
            {
                Interlocked.Decrement(ref _clock._timers);
            }
        }
    }
}
