using RagCaching;

namespace OpenTelemetry.Metrics;

/// <summary>Adds the metrics of RagCaching to OpenTelemetry.</summary>
public static class RagCachingMeterProviderBuilderExtensions
{
    /// <summary>Collects every instrument of the library: those of caches, stores, engines and the local encoder, and those of pipelines with their own caches.</summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <remarks>Histograms bring the boundaries of their buckets with them; a view of the host goes before those. <c>docs/telemetry.md</c> lists the instruments.</remarks>
    public static MeterProviderBuilder AddRagCachingInstrumentation(this MeterProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        // The caches of a pipeline count in meters below that of the library.
        return builder.AddMeter(RagCachingDiagnostics.MeterName, RagCachingDiagnostics.MeterName + ".Pipeline.*");
    }
}
