using Microsoft.Extensions.Logging;
using RagCaching.Diagnostics;

namespace RagCaching.Chat.Tools;

/// <summary>Counts what came of the calls of one tool, and says once of each reason why a result was not stored. Thread-safe.</summary>
internal sealed class ToolResultNotes(string tool, ToolTelemetry telemetry, ILogger logger)
{
    private readonly long[] _faults = new long[Enum.GetValues<ToolResultFault>().Length];
    private long _hits;
    private long _runs;

    public void Hit()
    {
        Interlocked.Increment(ref _hits);
        telemetry.Called(tool, TelemetryNames.Results.Hit);
    }

    /// <summary>Takes note of a call for which the tool ran.</summary>
    /// <param name="fault">Why its result was not stored; <see langword="null"/> where it was to be.</param>
    public void Ran(ToolResultFault? fault)
    {
        Interlocked.Increment(ref _runs);
        telemetry.Called(tool, fault is null ? TelemetryNames.Results.Miss : TelemetryNames.Results.Bypass, fault?.ToString());
        if (fault is { } reason && Interlocked.Increment(ref _faults[(int)reason]) == 1)
        {
            Log.ToolResultNotStored(logger, tool, reason, AdviceOn(reason));
        }
    }

    public CachedToolStatistics Read()
    {
        var (hits, runs) = (Interlocked.Read(ref _hits), Interlocked.Read(ref _runs));
        return new CachedToolStatistics
        {
            Calls = hits + runs,
            Hits = hits,
            Runs = runs,
            NotStored = Enum.GetValues<ToolResultFault>().Where(fault => Interlocked.Read(ref _faults[(int)fault]) > 0).ToDictionary(fault => fault, fault => Interlocked.Read(ref _faults[(int)fault])),
        };
    }

    private static string AdviceOn(ToolResultFault fault) => fault switch
    {
        ToolResultFault.Arguments => "Its arguments have no canonical JSON form: a cycle, a number that is none, or a type that cannot be written.",
        ToolResultFault.Null => "It is null, which may mean that there is nothing yet.",
        ToolResultFault.Binary => "It is binary, or content of a chat message.",
        ToolResultFault.Type => "It is neither a text nor JSON. AIFunctionFactory makes functions that return JSON.",
        ToolResultFault.TooLarge => "It is longer than ToolResultCacheOptions.MaxResultLength.",
        _ => "The tool failed; its exception reaches the caller.",
    };
}
