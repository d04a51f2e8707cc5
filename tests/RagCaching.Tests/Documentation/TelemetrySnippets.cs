using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace RagCaching.Tests.Documentation;

internal static class TelemetrySnippets
{
    public static void Usage(HostApplicationBuilder builder)
    {
        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics.AddMeter(RagCachingDiagnostics.MeterName))
            .WithTracing(tracing => tracing.AddSource(RagCachingDiagnostics.ActivitySourceName));
    }
}
