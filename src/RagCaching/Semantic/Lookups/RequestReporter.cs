using System.Globalization;
using Microsoft.Extensions.Logging;
using RagCaching.Diagnostics;
using RagCaching.Money;
using RagCaching.Semantic.Entries.Answers;

namespace RagCaching.Semantic.Lookups;

/// <summary>Counts the outcome of each request, once. Thread-safe.</summary>
internal sealed class RequestReporter(CacheTelemetry telemetry, HitRateWatch watch, CacheLedger ledger, ILogger logger)
{
    // Both enumerations count from 0 without gaps.
    private readonly long[] _outcomes = new long[Enum.GetValues<SemanticCacheOutcome>().Length];
    private readonly long[] _reasons = new long[Enum.GetValues<SemanticCacheReason>().Length];
    private readonly AgeCounter _ages = new();
    private long _nearMisses;

    /// <summary>Reads how many requests had each outcome.</summary>
    public Dictionary<SemanticCacheOutcome, long> ReadOutcomes() => Read<SemanticCacheOutcome>(_outcomes);

    /// <summary>Reads how many requests had each reason.</summary>
    public Dictionary<SemanticCacheReason, long> ReadReasons() => Read<SemanticCacheReason>(_reasons);

    /// <summary>Gets how many requests had a near miss.</summary>
    public long NearMisses => Interlocked.Read(ref _nearMisses);

    /// <summary>Gets how old the answers were that were served.</summary>
    public ServedAge ServedAge => _ages.Read();

    /// <summary>Counts the outcome of a request.</summary>
    /// <param name="scopeLabel">The digest of its scope; <see langword="null"/> for a request that bypasses the cache.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="reason">The reason.</param>
    /// <param name="similarity">The similarity, where something was compared.</param>
    /// <param name="served">The stored answer that was served.</param>
    public void Report(string? scopeLabel, SemanticCacheOutcome outcome, SemanticCacheReason reason, float? similarity = null, StoredAnswer? served = null)
    {
        Interlocked.Increment(ref _outcomes[(int)outcome]);
        if (reason != SemanticCacheReason.None)
        {
            Interlocked.Increment(ref _reasons[(int)reason]);
        }

        var result = ResultOf(outcome);
        if (telemetry.CountsRequests)
        {
            telemetry.Requested(result, outcome is SemanticCacheOutcome.Miss or SemanticCacheOutcome.Bypass ? reason.ToString() : outcome.ToString());
        }

        if (result == TelemetryNames.Results.Hit)
        {
            telemetry.Saved(TelemetryNames.GenAIOperations.Chat, 1, served?.Usage?.InputTokens ?? 0, served?.Usage?.OutputTokens ?? 0);
        }

        if (scopeLabel is not null)
        {
            // What is served because the model is slow saves nothing: the model goes on, and is paid. Whoever waits for a model saves no time.
            Book(scopeLabel, served is not null && reason != SemanticCacheReason.ModelSlow, served, outcome is SemanticCacheOutcome.ExactHit or SemanticCacheOutcome.SemanticHit);
        }

        watch.Requested(outcome, reason);
        Log.CacheRequest(logger, outcome, reason, similarity);
    }

    /// <summary>Counts the outcome of a request.</summary>
    public void Report(string? scopeLabel, LookupResult lookup)
    {
        if (lookup.NearMiss is not null)
        {
            Interlocked.Increment(ref _nearMisses);
        }

        if (lookup is { Answer: not null, Age: { } age })
        {
            _ages.Add(age);
        }

        Report(scopeLabel, lookup.Outcome, lookup.Reason, lookup.Similarity, lookup.Answer);
    }

    /// <summary>Counts what a caller has saved that joined a stream, of which nothing was known when it was reported.</summary>
    public void JoinedToTheEnd(string scopeLabel, StoredAnswer? answer)
    {
        telemetry.Saved(TelemetryNames.GenAIOperations.Chat, 0, answer?.Usage?.InputTokens ?? 0, answer?.Usage?.OutputTokens ?? 0);
        ledger.Saved(scopeLabel, answer?.ModelId, answer?.Usage?.InputTokens, answer?.Usage?.OutputTokens);
    }

    private void Book(string scopeLabel, bool isSaved, StoredAnswer? served, bool isTimeSaved)
    {
        if (isSaved)
        {
            ledger.Served(scopeLabel, served?.ModelId, served?.Usage?.InputTokens, served?.Usage?.OutputTokens, isTimeSaved && served is not null ? served.Took : TimeSpan.Zero);
        }
        else
        {
            ledger.Requested(scopeLabel);
        }
    }

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
