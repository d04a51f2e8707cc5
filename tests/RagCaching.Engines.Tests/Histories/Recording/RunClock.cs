namespace RagCaching.Engines.Tests.Histories.Recording;

/// <summary>The time of a run: as even as timestamps, so that what the machine does to its clock does not look like a fault, and moved on at once by whoever would have to wait for it. Thread-safe.</summary>
internal sealed class RunClock : TimeProvider
{
    private readonly DateTimeOffset _start = System.GetUtcNow();
    private readonly long _started = System.GetTimestamp();
    private long _passed;

    public override long TimestampFrequency => System.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _start + GetElapsedTime(_started);

    public override long GetTimestamp() => System.GetTimestamp() + Volatile.Read(ref _passed);

    /// <summary>Gets the time since the beginning.</summary>
    public TimeSpan Elapsed => GetElapsedTime(_started);

    /// <summary>Lets time pass for everybody. Timers ring as they would have.</summary>
    public void Pass(TimeSpan time) => Interlocked.Add(ref _passed, (long)(time.TotalSeconds * TimestampFrequency));
}
