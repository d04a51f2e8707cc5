using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace RagCaching.OpenTelemetry.Tests.Documentation;

internal static class TelemetrySnippets
{
    public static void Usage(HostApplicationBuilder builder)
    {
        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics.AddRagCachingInstrumentation())
            .WithTracing(traces => traces.AddRagCachingInstrumentation());
    }
}
