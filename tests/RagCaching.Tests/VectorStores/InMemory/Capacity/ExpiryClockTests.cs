using RagCaching.VectorStores.InMemory.Capacity;

namespace RagCaching.Tests.VectorStores.InMemory.Capacity;

public sealed class ExpiryClockTests
{
    private const long Second = 1_000_000_000;

    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, Second)]
    [InlineData(-1, -Second)]
    [InlineData(3_600, 3_600 * Second)]
    [InlineData(9_000_000_000, 9_000_000_000 * Second)]
    [InlineData(10_000_000_000, ExpiryClock.Never - 6)]
    [InlineData(200_000_000_000, ExpiryClock.Never - 6)]
    [InlineData(-50_000_000_000, long.MinValue)]
    public void DeadlineOf_AnyTimeAtNanoseconds_NeverWrapsAround(long seconds, long expected) =>
        Assert.Equal(expected == long.MinValue ? expected : 5 + expected, new ExpiryClock(new NanosecondClock()).DeadlineOf(Now.AddSeconds(seconds)));

    [Fact]
    public void DeadlineOf_WhatNeverExpires_NeverComes() => Assert.Equal(ExpiryClock.Never, new ExpiryClock(new NanosecondClock()).DeadlineOf(VectorEntry.NeverExpires));

    private sealed class NanosecondClock : TimeProvider
    {
        public override long TimestampFrequency => Second;

        public override long GetTimestamp() => 5;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
