using Microsoft.Extensions.Logging;
using RagCaching.Diagnostics;
using RagCaching.Semantic.Entries.Answers;
using RagCaching.Semantic.Requests;

namespace RagCaching.Semantic.Lookups;

/// <summary>Counts the outcome of each request, once.</summary>
internal sealed class RequestReporter(CacheTelemetry telemetry, RequestCounts counts, ILogger logger)
{
    public void Report(SemanticCacheOutcome outcome, SemanticCacheReason reason, float? similarity = null, StoredUsage? saved = null)
    {
        counts.Add(outcome, reason);
        var result = ResultOf(outcome);
        telemetry.Requested(result, outcome is SemanticCacheOutcome.Miss or SemanticCacheOutcome.Bypass ? reason.ToString() : outcome.ToString());
        if (result == TelemetryNames.Results.Hit)
        {
            telemetry.Saved(TelemetryNames.GenAIOperations.Chat, 1, saved?.InputTokens ?? 0, saved?.OutputTokens ?? 0);
        }

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
}
