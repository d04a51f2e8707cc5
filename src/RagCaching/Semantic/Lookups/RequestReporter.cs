using System.Globalization;
using Microsoft.Extensions.Logging;
using RagCaching.Diagnostics;
using RagCaching.Semantic.Entries.Answers;

namespace RagCaching.Semantic.Lookups;

/// <summary>Counts the outcome of each request, once. Thread-safe.</summary>
internal sealed class RequestReporter(CacheTelemetry telemetry, HitRateWatch watch, ILogger logger)
{
    // Both enumerations count from 0 without gaps.
    private readonly long[] _outcomes = new long[Enum.GetValues<SemanticCacheOutcome>().Length];
    private readonly long[] _reasons = new long[Enum.GetValues<SemanticCacheReason>().Length];

    /// <summary>Reads how many requests had each outcome.</summary>
    public Dictionary<SemanticCacheOutcome, long> ReadOutcomes() => Read<SemanticCacheOutcome>(_outcomes);

    /// <summary>Reads how many requests had each reason.</summary>
    public Dictionary<SemanticCacheReason, long> ReadReasons() => Read<SemanticCacheReason>(_reasons);

    public void Report(SemanticCacheOutcome outcome, SemanticCacheReason reason, float? similarity = null, StoredAnswer.TokenUsage? saved = null)
    {
        Interlocked.Increment(ref _outcomes[(int)outcome]);
        if (reason != SemanticCacheReason.None)
        {
            Interlocked.Increment(ref _reasons[(int)reason]);
        }

        var result = ResultOf(outcome);
        telemetry.Requested(result, outcome is SemanticCacheOutcome.Miss or SemanticCacheOutcome.Bypass ? reason.ToString() : outcome.ToString());
        if (result == TelemetryNames.Results.Hit)
        {
            telemetry.Saved(TelemetryNames.GenAIOperations.Chat, 1, saved?.InputTokens ?? 0, saved?.OutputTokens ?? 0);
        }

        watch.Requested(outcome, reason);
        Log.CacheRequest(logger, outcome, reason, similarity);
    }

    public void Report(LookupResult lookup) => Report(lookup.Outcome, lookup.Reason, lookup.Similarity, lookup.Answer?.Usage);

    /// <summary>Gets the value of the result tag for an outcome.</summary>
    public static string ResultOf(SemanticCacheOutcome outcome) => outcome switch
    {
        SemanticCacheOutcome.Miss => TelemetryNames.Results.Miss,
        SemanticCacheOutcome.Bypass => TelemetryNames.Results.Bypass,
        _ => TelemetryNames.Results.Hit,
    };

    private static Dictionary<T, long> Read<T>(long[] counts)
        where T : struct, Enum
    {
        var read = new Dictionary<T, long>();
        foreach (var value in Enum.GetValues<T>())
        {
            var count = Interlocked.Read(ref counts[Convert.ToInt32(value, CultureInfo.InvariantCulture)]);
            if (count > 0)
            {
                read[value] = count;
            }
        }

        return read;
    }
}
