using RagCaching;

namespace OpenTelemetry.Trace;

/// <summary>Adds the traces of RagCaching to OpenTelemetry.</summary>
public static class RagCachingTracerProviderBuilderExtensions
{
    /// <summary>Collects every span of the library: lookups, and the stages of pipelines.</summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    public static TracerProviderBuilder AddRagCachingInstrumentation(this TracerProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        return builder.AddSource(RagCachingDiagnostics.ActivitySourceName);
    }
}
