using Microsoft.Extensions.Time.Testing;
using RagCaching.Internal.Limits;

namespace RagCaching.Tests.Internal.Limits;

public sealed class RateLimitTests
{
    [Fact]
    public void TryPass_OncePerInterval_CountedFromTheLastThatPassed()
    {
        var time = new FakeTimeProvider();
        var limit = new RateLimit(time, TimeSpan.FromMinutes(1));

        Assert.True(limit.TryPass());
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(limit.TryPass());
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(limit.TryPass());
        Assert.False(limit.TryPass());
    }
}
