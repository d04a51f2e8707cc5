namespace RagCaching.Engines.Tests.Histories.Worlds;

/// <summary>The time of day, as evenly as timestamps: what the machine does to its clock during a run must not look like a fault.</summary>
internal sealed class SteadyClock : TimeProvider
{
    private readonly DateTimeOffset _start = System.GetUtcNow();
    private readonly long _started = System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => _start + GetElapsedTime(_started);
}
