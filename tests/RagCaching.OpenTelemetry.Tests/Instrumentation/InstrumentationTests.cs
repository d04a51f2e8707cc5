using System.Diagnostics.Metrics;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using RagCaching.OpenTelemetry.Tests.Hosting;
using RagCaching.Pipeline.Diagnostics;

namespace RagCaching.OpenTelemetry.Tests.Instrumentation;

[Collection(MeasuredHost.OneAtATime)]
public sealed class InstrumentationTests
{
    public static TheoryData<string> Meters => [RagCachingDiagnostics.MeterName, .. ConstantsOf(typeof(PipelineNames.Meters))];

    [Theory]
    [MemberData(nameof(Meters))]
    public void EachMeter_IsCollected(string name)
    {
        var exported = new List<Metric>();
        using var provider = Sdk.CreateMeterProviderBuilder().AddRagCachingInstrumentation().AddInMemoryExporter(exported).Build();
        using var meter = new Meter(name);
        meter.CreateCounter<long>("ragcaching.test." + name).Add(1);

        provider.ForceFlush();

        Assert.Contains(exported, metric => metric.Name == "ragcaching.test." + name);
    }

    [Fact]
    public async Task Host_WithBothCalls_ExportsMetricsAndSpans()
    {
        var metrics = new List<Metric>();
        var spans = new List<System.Diagnostics.Activity>();
        await using var host = await MeasuredHost.StartAsync(
            builder => builder.AddRagCachingInstrumentation().AddInMemoryExporter(metrics), builder => builder.AddRagCachingInstrumentation().AddInMemoryExporter(spans));
        await host.PlayAsync();

        host.Services.GetRequiredService<MeterProvider>().ForceFlush();

        Assert.Contains(metrics, metric => metric.Name == "ragcaching.cache.requests");
        Assert.Contains(metrics, metric => metric.Name == "ragcaching.pipeline.duration");
        Assert.Contains(spans, span => span.OperationName == "ragcaching.lookup");
        Assert.Contains(spans, span => span.OperationName == "ragcaching.pipeline.answer");

        // The default boundaries of OpenTelemetry, 0, 5, 10, 25 ..., would put every lookup into one bucket.
        Assert.All(metrics.Where(metric => metric.MetricType == MetricType.Histogram), metric =>
        {
            var bounds = BoundsOf(metric);
            Assert.True(bounds.Length >= 8 && bounds[0] < 5, $"{metric.Name}: {string.Join(", ", bounds)}");
        });
        Assert.InRange(BoundsOf(metrics.First(metric => metric.Name == "ragcaching.cache.lookup.duration"))[0], 0.000_001, 0.000_1);
    }

    [Fact]
    public void Builders_ThatAreMissing_AreNamed()
    {
        Assert.Equal("builder", Assert.Throws<ArgumentNullException>(() => ((MeterProviderBuilder)null!).AddRagCachingInstrumentation()).ParamName);
        Assert.Equal("builder", Assert.Throws<ArgumentNullException>(() => ((TracerProviderBuilder)null!).AddRagCachingInstrumentation()).ParamName);
    }

    private static double[] BoundsOf(Metric metric)
    {
        var bounds = new List<double>();
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            foreach (var bucket in point.GetHistogramBuckets())
            {
                bounds.Add(bucket.ExplicitBound);
            }

            break;
        }

        return [.. bounds];
    }

    private static string[] ConstantsOf(Type type) => [.. type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];
}
