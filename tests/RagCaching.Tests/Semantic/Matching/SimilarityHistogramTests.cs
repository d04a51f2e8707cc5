using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.Matching;

/// <summary>The similarity of the nearest stored question, by what came of it.</summary>
public sealed class SimilarityHistogramTests
{
    [Fact]
    public async Task GetOrCreate_HitsAndNearMisses_AreRecordedWithTheirReason()
    {
        using var fixture = new CacheFixture();
        using var similarities = Listen(fixture);
        fixture.Guards.Add(new TestGuard((question, _) => question != "guarded"));
        fixture.SameMeaning("stored", "reworded", "guarded");
        fixture.NearMeaning("near", "stored", 0.36f);
        await fixture.AskAsync("stored");

        await fixture.AskAsync("guarded");
        await fixture.AskAsync("near");
        var hit = await fixture.AskAsync("reworded");
        await fixture.AskAsync("something else altogether");

        var seen = similarities.GetMeasurementSnapshot().Select(measurement => (measurement.Tags["ragcaching.cache.request.result"], measurement.Tags["ragcaching.cache.request.reason"], measurement.Value)).ToArray();
        Assert.Equal([("miss", "Guard"), ("miss", "BelowThreshold"), ("hit", "SemanticHit")], seen.Select(item => ((string?)item.Item1, (string?)item.Item2)));
        Assert.InRange(seen[0].Value, 0.99, 1);
        Assert.InRange(seen[1].Value, 0.9, 0.95);
        Assert.Equal(hit.Similarity!.Value, seen[2].Value);
    }

    [Fact]
    public async Task GetOrCreate_UnderABudget_EveryMissHasTheNearestSimilarity()
    {
        using var fixture = new CacheFixture(options => options.ErrorBudget = new ErrorBudgetOptions());
        using var similarities = Listen(fixture);
        fixture.NearMeaning("near", "stored", 0.36f);
        await fixture.AskAsync("stored");

        var near = await fixture.AskAsync("near");
        var far = await fixture.AskAsync("something else altogether");

        Assert.Equal((SemanticCacheReason.Policy, SemanticCacheReason.BelowThreshold), (near.Reason, far.Reason));
        Assert.Equal([(double)near.Similarity!.Value, far.Similarity!.Value], similarities.GetMeasurementSnapshot().Select(measurement => measurement.Value));
    }

    private static MetricCollector<double> Listen(CacheFixture fixture) => new(fixture.Meters, RagCachingDiagnostics.MeterName, "ragcaching.cache.similarity");
}
