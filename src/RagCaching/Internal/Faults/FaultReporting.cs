using Microsoft.Extensions.Logging;
using RagCaching.Internal.Limits;

namespace RagCaching.Internal.Faults;

/// <summary>What all fault barriers of one cache share.</summary>
/// <param name="Time">The clock of time limits, breakers and the pace of log messages.</param>
/// <param name="Counter">Counts failures.</param>
/// <param name="Logger">Receives messages about them.</param>
internal sealed record FaultReporting(TimeProvider Time, IFaultCounter Counter, ILogger Logger)
{
    /// <summary>Gets the time limits of the barriers, which end with the cache.</summary>
    public SharedTimeLimits Limits { get; } = new(Time);
}
