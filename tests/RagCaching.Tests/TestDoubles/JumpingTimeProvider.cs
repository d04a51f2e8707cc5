using Microsoft.Extensions.Time.Testing;

namespace RagCaching.Tests.TestDoubles;

/// <summary>A fake clock whose wall clock can be set wrong while its timestamps go on evenly, as on a machine whose time is corrected.</summary>
internal sealed class JumpingTimeProvider(DateTimeOffset start) : FakeTimeProvider(start)
{
    /// <summary>How far the wall clock is ahead of where it was.</summary>
    public TimeSpan Jump { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Jump;

    // The base class derives the timestamp from the wall clock, which is exactly what must not happen here.
    public override long GetTimestamp() => base.GetUtcNow().Ticks;
}
