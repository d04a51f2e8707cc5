using System.Diagnostics;
using System.Diagnostics.Metrics;
using RagCaching.Internal.Faults;
using static RagCaching.Diagnostics.TelemetryNames;

namespace RagCaching.Diagnostics;

/// <summary>Counts and times what one cache does, under its name and kind.</summary>
/// <remarks>Costs a few field reads while nobody listens. Thread-safe.</remarks>
internal sealed class CacheTelemetry : IFaultCounter
{
    public static readonly ActivitySource Activities = new(RagCachingDiagnostics.ActivitySourceName, Meters.Version);

    private readonly KeyValuePair<string, object?> _name;
    private readonly KeyValuePair<string, object?> _kind;
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _lookupDuration;
    private readonly Histogram<double> _similarity;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _guardRefusals;
    private readonly Counter<long> _savedCalls;
    private readonly Counter<long> _savedTokens;

    /// <summary>Creates the instruments, or finds those that exist.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="name">The name of the cache, for hosts with several.</param>
    /// <param name="services">Where an <see cref="IMeterFactory"/> may be.</param>
    public CacheTelemetry(string kind, string name, IServiceProvider? services)
        : this(kind, name, Meters.Of(services))
    {
    }

    private CacheTelemetry(string kind, string name, Meter meter)
    {
        _name = new(Tags.CacheName, name);
        _kind = new(Tags.CacheKind, kind);

        Meter = meter;
        _requests = Meter.CreateCounter<long>(Instruments.Requests, "{request}", "Requests to a cache, by what came of them.");
        _lookupDuration = Meter.CreateHistogram<double>(Instruments.LookupDuration, "s", "Time from a request to the decision whether it is a hit.", tags: null, HistogramBuckets.Lookup);
        _similarity = Meter.CreateHistogram<double>(Instruments.Similarity, "1", "Cosine similarity of the nearest entry.", tags: null, HistogramBuckets.Similarity);
        _failures = Meter.CreateCounter<long>(Instruments.Failures, "{failure}", "Failures that cost a miss.");
        _guardRefusals = Meter.CreateCounter<long>(Instruments.GuardRefusals, "{match}", "Matches near enough that a guard refused.");
        _refusals = Meter.CreateCounter<long>(Instruments.Refusals, "{answer}", "Answers that were returned but not stored.");
        _savedCalls = Meter.CreateCounter<long>(Instruments.SavedCalls, "{call}", "Model calls that a hit made unnecessary.");
        _savedTokens = Meter.CreateCounter<long>(Instruments.SavedTokens, "{token}", "Tokens of the model calls that hits made unnecessary.");
    }

    /// <summary>Gets telemetry that counts nothing, for what must leave no trace.</summary>
    public static CacheTelemetry Silent { get; } = new(Kinds.Response, "", Meters.Silent);

    /// <summary>Gets the meter that holds the instruments.</summary>
    public Meter Meter { get; }

    /// <summary>Gets a value indicating whether anybody wants durations.</summary>
    public bool TimesLookups => _lookupDuration.Enabled;

    /// <summary>Gets a value indicating whether anybody wants to know of requests.</summary>
    public bool CountsRequests => _requests.Enabled;

    /// <summary>Reports entries and bytes of a cache under this name and kind for as long as the cache lives.</summary>
    public void ReportSizeOf(ICacheSize cache) => CacheSizeGauges.Of(Meter).Add(cache, (string)_name.Value!, (string)_kind.Value!);

    /// <summary>Counts requests.</summary>
    public void Requested(string result, string? reason = null, long count = 1)
    {
        if (!_requests.Enabled)
        {
            return;
        }

        var tags = new TagList { _name, _kind, new(Tags.Result, result) };
        if (reason is not null)
        {
            tags.Add(Tags.Reason, reason);
        }

        _requests.Measure(count, tags);
    }

    /// <summary>Records how long a decision took.</summary>
    public void LookedUp(TimeSpan duration, string result)
    {
        if (_lookupDuration.Enabled)
        {
            _lookupDuration.Measure(duration.TotalSeconds, new TagList { _name, _kind, new(Tags.Result, result) });
        }
    }

    /// <summary>Records the similarity of the nearest entry, with the outcome of the lookup.</summary>
    public void Compared(double similarity, string result, string reason)
    {
        if (_similarity.Enabled)
        {
            _similarity.Measure(similarity, new TagList { _name, new(Tags.Result, result), new(Tags.Reason, reason) });
        }
    }

    /// <inheritdoc/>
    public void Failed(string operation, string errorType)
    {
        if (_failures.Enabled)
        {
            _failures.Measure(1, new TagList { _name, new(Tags.Operation, operation), new(Tags.ErrorType, errorType) });
        }
    }

    /// <summary>Counts a match that a guard refused.</summary>
    /// <param name="guard">The guard's name, a constant.</param>
    /// <param name="rule">The name of its rule, one of a few.</param>
    public void GuardRefused(string guard, string rule)
    {
        if (_guardRefusals.Enabled)
        {
            _guardRefusals.Measure(1, new TagList { _name, new(Tags.GuardName, guard), new(Tags.GuardRule, rule) });
        }
    }

    /// <summary>Counts an answer that was not stored.</summary>
    public void Refused(string reason)
    {
        if (_refusals.Enabled)
        {
            _refusals.Measure(1, new TagList { _name, new(Tags.RefusalReason, reason) });
        }
    }

    /// <summary>Counts model calls and tokens that were not needed.</summary>
    /// <param name="operation">One of <see cref="GenAIOperations"/>.</param>
    /// <param name="calls">How many calls.</param>
    /// <param name="inputTokens">Their input tokens, where known.</param>
    /// <param name="outputTokens">Their output tokens, where known.</param>
    public void Saved(string operation, long calls, long inputTokens = 0, long outputTokens = 0)
    {
        var operationTag = new KeyValuePair<string, object?>(Tags.GenAIOperation, operation);
        if (calls > 0 && _savedCalls.Enabled)
        {
            _savedCalls.Measure(calls, new TagList { _name, operationTag });
        }

        if (!_savedTokens.Enabled)
        {
            return;
        }

        if (inputTokens > 0)
        {
            _savedTokens.Measure(inputTokens, new TagList { _name, operationTag, new(Tags.TokenType, "input") });
        }

        if (outputTokens > 0)
        {
            _savedTokens.Measure(outputTokens, new TagList { _name, operationTag, new(Tags.TokenType, "output") });
        }
    }
}
