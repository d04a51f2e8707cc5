using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace RagCaching.LatencyLab.Server;

/// <summary>Shows what the cache of a host measures: to whoever scrapes its metrics, and to a receiver of metrics and traces.</summary>
internal static class LabTelemetry
{
    /// <summary>Where Prometheus finds the metrics.</summary>
    public const string Metrics = "/metrics";

    /// <summary>Adds it to a host.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="receiver">Where metrics and traces are sent by OTLP over gRPC; <see langword="null"/> for nowhere.</param>
    public static void Add(IServiceCollection services, Uri? receiver)
    {
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("ragcaching-lab"))
            .WithMetrics(metrics => metrics.AddRagCachingInstrumentation().AddPrometheusExporter())
            .WithTracing(traces => traces.AddRagCachingInstrumentation());
        if (receiver is not null)
        {
            telemetry.UseOtlpExporter(OtlpExportProtocol.Grpc, receiver);
        }
    }

    public static void Map(WebApplication application) => application.MapPrometheusScrapingEndpoint(Metrics);
}
