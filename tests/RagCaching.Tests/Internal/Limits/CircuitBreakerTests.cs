using Microsoft.Extensions.Time.Testing;
using RagCaching.Internal.Limits;

namespace RagCaching.Tests.Internal.Limits;

public sealed class CircuitBreakerTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly CircuitBreaker _breaker;

    public CircuitBreakerTests() => _breaker = new CircuitBreaker(_time, TimeSpan.FromSeconds(1), failuresToOpen: 3);

    [Fact]
    public void Failed_QuickFailures_OpenAfterTheStatedNumberInARow()
    {
        Assert.False(_breaker.Failed(timedOut: false));
        Assert.False(_breaker.Failed(timedOut: false));
        _breaker.Succeeded();
        Assert.False(_breaker.Failed(timedOut: false));
        Assert.False(_breaker.Failed(timedOut: false));
        Assert.True(_breaker.TryEnter());

        Assert.True(_breaker.Failed(timedOut: false));

        Assert.True(_breaker.IsOpen);
        Assert.False(_breaker.TryEnter());
    }

    [Fact]
    public void Failed_Timeout_OpensAtOnce()
    {
        Assert.True(_breaker.Failed(timedOut: true));

        Assert.False(_breaker.TryEnter());
    }

    [Fact]
    public void TryEnter_WhileOpen_LetsOneProbeThroughInEachInterval()
    {
        _breaker.Failed(timedOut: true);

        for (var second = 0; second < 3; second++)
        {
            Assert.False(_breaker.TryEnter());
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.True(_breaker.TryEnter());
        }
    }

    [Fact]
    public void Succeeded_AfterAProbe_ClosesAndSaysSo()
    {
        _breaker.Failed(timedOut: true);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(_breaker.TryEnter());

        Assert.True(_breaker.Succeeded());

        Assert.False(_breaker.IsOpen);
        Assert.True(_breaker.TryEnter());
        Assert.False(_breaker.Succeeded());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void Constructor_ValuesOutOfRange_Throws(int seconds, int failures) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CircuitBreaker(_time, TimeSpan.FromSeconds(seconds), failures));
}
