using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.Matching;

public sealed class SemanticCacheGuardTests : IDisposable
{
    private readonly CacheFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task GetOrCreate_GuardRefuses_MissesAndSaysSo()
    {
        using var refusals = _fixture.Counter("ragcaching.cache.guard.refusals");
        _fixture.Guards.Add(new TestGuard((question, candidate) => question.Contains("not", StringComparison.Ordinal) == candidate.Contains("not", StringComparison.Ordinal)));
        _fixture.SameMeaning("Is it safe?", "Is it not safe?", "Is this safe?");
        await _fixture.AskAsync("Is it safe?", "yes");

        var refused = await _fixture.AskAsync("Is it not safe?", "no");
        var allowed = await _fixture.AskAsync("Is this safe?", "must not be called");

        Assert.Equal(SemanticCacheReason.Guard, refused.Reason);
        Assert.Equal("test", Assert.Single(refusals.GetMeasurementSnapshot()).Tags["ragcaching.guard.name"]);
        Assert.Equal("no", refused.Response!.Text);
        Assert.Equal("yes", allowed.Response!.Text);
    }

    [Fact]
    public async Task GetOrCreate_GuardRefusesTheNearest_TheNextIsServed()
    {
        _fixture.Guards.Add(new TestGuard((_, candidate) => candidate != "nearest"));
        _fixture.SameMeaning("nearest");
        _fixture.NearMeaning("second", "nearest", 0.15f);
        await _fixture.AskAsync("second", "of the second");
        await _fixture.AskAsync(new SemanticCacheQuery("nearest") { Mode = SemanticCacheMode.Refresh }, "of the nearest");
        _fixture.NearMeaning("asked", "nearest", 0.01f);

        var result = await _fixture.AskAsync("asked", "must not be called");

        Assert.Equal("of the second", result.Response!.Text);
        Assert.Equal("second", result.MatchedQuestion);
    }

    [Fact]
    public async Task GetOrCreate_GuardThrows_RefusesAndCounts()
    {
        using var failures = _fixture.Counter("ragcaching.cache.failures");
        _fixture.Guards.Add(new TestGuard((_, _) => throw new InvalidCastException("broken")));
        _fixture.SameMeaning("Is it safe?", "Is this safe?");
        await _fixture.AskAsync("Is it safe?", "yes");

        var result = await _fixture.AskAsync("Is this safe?", "fresh");

        Assert.Equal("fresh", result.Response!.Text);
        Assert.Contains(failures.GetMeasurementSnapshot(), measurement => measurement.Tags["ragcaching.operation"] is "guard");
    }

    [Fact]
    public async Task GetOrCreate_ExactRepeat_IsNotAskedOfGuards()
    {
        _fixture.Guards.Add(new TestGuard((_, _) => false));
        await _fixture.AskAsync("Is it safe?", "yes");

        var result = await _fixture.AskAsync("Is it safe?");

        Assert.Equal(SemanticCacheOutcome.ExactHit, result.Outcome);
    }
}
