using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using RagCaching.Pipeline.Caching;
using RagCaching.Pipeline.Diagnostics;

namespace RagCaching.Pipeline.Tests.Diagnostics;

public sealed class PipelineTelemetryTests
{
    [Fact]
    public void Failures_ThatGoOn_AreLoggedOnceAMinuteEach()
    {
        var time = new FakeTimeProvider();
        var logger = new FakeLogger();
        using var services = new ServiceCollection().AddSingleton<TimeProvider>(time).BuildServiceProvider();
        var telemetry = new PipelineTelemetry("shop", services, logger);
        var exception = new ObjectDisposedException("store");

        FailTwice();
        time.Advance(TimeSpan.FromSeconds(59));
        FailTwice();

        Assert.Equal([4001, 4001, 4003, 4008, 4009, 4010, 4010], logger.Collector.GetSnapshot().Select(record => record.Id.Id).Order());
        time.Advance(TimeSpan.FromSeconds(1));
        FailTwice();
        Assert.Equal(14, logger.Collector.Count);

        void FailTwice()
        {
            for (var i = 0; i < 2; i++)
            {
                telemetry.RetrieverFailed("faq", exception, activity: null);
                telemetry.RetrieverFailed("wiki", exception, activity: null);
                telemetry.CacheFailed(PipelineNames.CacheKinds.Retrieval, exception);
                telemetry.CacheFailed(PipelineNames.CacheKinds.Reranking, exception);
                telemetry.RerankerFailed("reranker", exception, activity: null);
                telemetry.NotDiversified(exception);
                telemetry.ScopeProviderFailed(exception);
            }
        }
    }

    [Fact]
    public void Meters_OfTwoPipelines_AreTwo()
    {
        var names = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == PipelineNames.Meters.Retrieval && instrument.Meter.Tags?.SingleOrDefault(tag => tag.Key == "ragcaching.pipeline.name").Value is string name && name.StartsWith("two-", StringComparison.Ordinal))
                {
                    names.Add(name);
                }
            },
        };
        listener.Start();

        using var one = new RankingStore(new RetrievalCacheOptions(), "two-one", TimeProvider.System);
        using var other = new RankingStore(new RetrievalCacheOptions(), "two-other", TimeProvider.System);

        Assert.Equal(["two-one", "two-other"], names.Distinct().Order());
    }
}
