namespace RagCaching;

/// <summary>Provides the names of the library's meter and activity source.</summary>
/// <remarks>
/// The page <c>docs/telemetry.md</c> lists the instruments and their tags. Where the library uses attributes of the OpenTelemetry
/// semantic conventions for generative AI, it follows their version 1.41 ("Development").
/// </remarks>
public static class RagCachingDiagnostics
{
    /// <summary>The name of the meter that holds every instrument of the library.</summary>
    public const string MeterName = "RagCaching";

    /// <summary>The name of the activity source that holds every span of the library.</summary>
    public const string ActivitySourceName = "RagCaching";
}
