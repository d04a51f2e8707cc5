using Aspire.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace RagCaching.OpenTelemetry.Tests.Documentation;

internal static class AspireSnippets
{
    public static void AppHost(string[] args)
    {
        var builder = DistributedApplication.CreateBuilder(args);
        builder.AddProject("shop", "../Shop/Shop.csproj").WithHttpHealthCheck("/health");
        builder.Build().Run();
    }

    public static void Service(WebApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks().AddRagCaching();
        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics.AddRagCachingInstrumentation())
            .WithTracing(traces => traces.AddRagCachingInstrumentation())
            .UseOtlpExporter();

        var app = builder.Build();
        app.MapHealthChecks("/health");
    }
}
