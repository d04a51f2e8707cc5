using System.Diagnostics;
using System.Diagnostics.Metrics;
using static RagCaching.Diagnostics.TelemetryNames;

namespace RagCaching.Diagnostics;

/// <summary>Counts the calls of tools whose results are stored.</summary>
/// <remarks>Costs a field read while nobody listens. Thread-safe.</remarks>
/// <param name="services">Where an <see cref="IMeterFactory"/> may be.</param>
internal sealed class ToolTelemetry(IServiceProvider? services)
{
    private readonly Counter<long> _calls = Meters.Of(services).CreateCounter<long>(Instruments.ToolCalls, "{call}", "Calls of tools whose results are stored, by what came of them.");

    /// <summary>Counts a call.</summary>
    /// <param name="tool">The tool's name, of which a host has few.</param>
    /// <param name="result">One of <see cref="Results"/>.</param>
    /// <param name="reason">Why the result was not stored, if it was not.</param>
    public void Called(string tool, string result, string? reason = null)
    {
        if (!_calls.Enabled)
        {
            return;
        }

        var tags = new TagList { new(Tags.ToolName, tool), new(Tags.Result, result) };
        if (reason is not null)
        {
            tags.Add(Tags.Reason, reason);
        }

        _calls.Measure(1, tags);
    }
}
