using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using static RagCaching.Diagnostics.TelemetryNames;

namespace RagCaching.Diagnostics;

/// <summary>Counts and times what one cache does, under its name and kind.</summary>
/// <remarks>Costs a few field reads while nobody listens. Thread-safe.</remarks>
internal sealed class CacheTelemetry
{
    public static readonly ActivitySource Activities = new(RagCachingDiagnostics.ActivitySourceName, Version);

    // Used where the host has no IMeterFactory; it lives as long as the process and so is never disposed.
    private static readonly Meter SharedMeter = new(RagCachingDiagnostics.MeterName, Version);

    private readonly KeyValuePair<string, object?> _name;
    private readonly KeyValuePair<string, object?> _kind;
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _lookupDuration;
    private readonly Histogram<double> _similarity;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _evictions;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _guardRefusals;
    private readonly Counter<long> _comparisons;
    private readonly Counter<long> _audits;
    private readonly Counter<long> _budgetTrips;
    private readonly Counter<long> _savedCalls;
    private readonly Counter<long> _savedTokens;
    private readonly Counter<long> _searchedVectors;

    /// <summary>Creates the instruments, or finds those that exist.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="name">The name of the cache, for hosts with several.</param>
    /// <param name="services">Where an <see cref="IMeterFactory"/> may be.</param>
    public CacheTelemetry(string kind, string name, IServiceProvider? services)
    {
        _name = new(Tags.CacheName, name);
        _kind = new(Tags.CacheKind, kind);

        Meter = MeterOf(services);
        _requests = Meter.CreateCounter<long>(Instruments.Requests, "{request}", "Requests to a cache, by what came of them.");
        _lookupDuration = Meter.CreateHistogram<double>(Instruments.LookupDuration, "s", "Time from a request to the decision whether it is a hit.");
        _similarity = Meter.CreateHistogram<double>(Instruments.Similarity, "1", "Cosine similarity of the nearest entry.");
        _failures = Meter.CreateCounter<long>(Instruments.Failures, "{failure}", "Failures that cost a miss.");
        _evictions = Meter.CreateCounter<long>(Instruments.Evictions, "{eviction}", "Entries that were dropped before they were removed by anybody.");
        _guardRefusals = Meter.CreateCounter<long>(Instruments.GuardRefusals, "{match}", "Matches near enough that a guard refused.");
        _refusals = Meter.CreateCounter<long>(Instruments.Refusals, "{answer}", "Answers that were returned but not stored.");
        _comparisons = Meter.CreateCounter<long>(Instruments.Comparisons, "{comparison}", "Comparisons of a new answer with a stored one, each of which may be a model call.");
        _audits = Meter.CreateCounter<long>(Instruments.Audits, "{audit}", "Hits by meaning that were answered anew to check them, each of which is a model call.");
        _budgetTrips = Meter.CreateCounter<long>(Instruments.BudgetTrips, "{trip}", "Times that a scope stopped serving by meaning because audits found too many wrong answers.");
        _savedCalls = Meter.CreateCounter<long>(Instruments.SavedCalls, "{call}", "Model calls that a hit made unnecessary.");
        _savedTokens = Meter.CreateCounter<long>(Instruments.SavedTokens, "{token}", "Tokens of the model calls that hits made unnecessary.");
        _searchedVectors = Meter.CreateCounter<long>(Instruments.SearchedVectors, "{vector}", "Vectors of the partitions that were searched, by how far a search had to look at them.");
    }

    /// <summary>Gets the meter that holds the instruments.</summary>
    public Meter Meter { get; }

    /// <summary>Gets the name tag, for observable instruments.</summary>
    public KeyValuePair<string, object?> NameTag => _name;

    /// <summary>Gets a value indicating whether anybody wants durations.</summary>
    public bool TimesLookups => _lookupDuration.Enabled;

    private static string? Version => typeof(CacheTelemetry).Assembly.GetName().Version?.ToString(3);

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

        Measure(_requests, count, tags);
    }

    /// <summary>Records how long a decision took.</summary>
    public void LookedUp(TimeSpan duration, string result, string? errorType = null)
    {
        if (!_lookupDuration.Enabled)
        {
            return;
        }

        var tags = new TagList { _name, _kind, new(Tags.Result, result) };
        if (errorType is not null)
        {
            tags.Add(Tags.ErrorType, errorType);
        }

        Measure(_lookupDuration, duration.TotalSeconds, tags);
    }

    /// <summary>Records the similarity of the nearest entry, with what came of it.</summary>
    public void Compared(double similarity, string result, string reason)
    {
        if (_similarity.Enabled)
        {
            Measure(_similarity, similarity, new TagList { _name, new(Tags.Result, result), new(Tags.Reason, reason) });
        }
    }

    /// <summary>Gets a value indicating whether anybody wants to know how far searches looked.</summary>
    public bool CountsSearchedVectors => _searchedVectors.Enabled;

    /// <summary>Counts vectors that a stage of a search looked at.</summary>
    /// <param name="stage">One of <see cref="SearchStages"/>.</param>
    /// <param name="count">How many.</param>
    public void Searched(string stage, long count) => Measure(_searchedVectors, count, new TagList { _name, new(Tags.SearchStage, stage) });

    /// <summary>Counts a comparison of answers.</summary>
    public void ComparedAnswers(string comparison)
    {
        if (_comparisons.Enabled)
        {
            Measure(_comparisons, 1, new TagList { _name, new(Tags.Comparison, comparison) });
        }
    }

    /// <summary>Counts a hit that was answered anew to check it.</summary>
    public void Audited(string comparison)
    {
        if (_audits.Enabled)
        {
            Measure(_audits, 1, new TagList { _name, new(Tags.Comparison, comparison) });
        }
    }

    /// <summary>Counts an error budget that stopped serving.</summary>
    public void BudgetTripped()
    {
        if (_budgetTrips.Enabled)
        {
            Measure(_budgetTrips, 1, new TagList { _name });
        }
    }

    /// <summary>Counts a failure that became a miss.</summary>
    /// <param name="operation">One of <see cref="Operations"/>.</param>
    /// <param name="errorType">The exception's type, or a short name; never a message.</param>
    public void Failed(string operation, string errorType)
    {
        if (_failures.Enabled)
        {
            Measure(_failures, 1, new TagList { _name, new(Tags.Operation, operation), new(Tags.ErrorType, errorType) });
        }
    }

    /// <summary>Counts evictions.</summary>
    /// <param name="reason">One of <see cref="EvictionReasons"/>.</param>
    /// <param name="count">How many entries.</param>
    public void Evicted(string reason, long count = 1)
    {
        if (_evictions.Enabled)
        {
            Measure(_evictions, count, new TagList { _name, new(Tags.EvictionReason, reason) });
        }
    }

    /// <summary>Counts a match that a guard refused.</summary>
    /// <param name="guard">The guard's name, a constant.</param>
    public void GuardRefused(string guard)
    {
        if (_guardRefusals.Enabled)
        {
            Measure(_guardRefusals, 1, new TagList { _name, new(Tags.GuardName, guard) });
        }
    }

    /// <summary>Counts an answer that was not stored.</summary>
    public void Refused(string reason)
    {
        if (_refusals.Enabled)
        {
            Measure(_refusals, 1, new TagList { _name, new(Tags.RefusalReason, reason) });
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
        if (_savedCalls.Enabled)
        {
            Measure(_savedCalls, calls, new TagList { _name, operationTag });
        }

        if (!_savedTokens.Enabled)
        {
            return;
        }

        if (inputTokens > 0)
        {
            Measure(_savedTokens, inputTokens, new TagList { _name, operationTag, new(Tags.TokenType, "input") });
        }

        if (outputTokens > 0)
        {
            Measure(_savedTokens, outputTokens, new TagList { _name, operationTag, new(Tags.TokenType, "output") });
        }
    }

    // Listeners run inside of Add and Record. One that throws must not cost a caller an answer; there is nobody to tell but a debugger.
    private static void Measure(Counter<long> counter, long count, in TagList tags)
    {
        try
        {
            counter.Add(count, tags);
        }
        catch (Exception exception)
        {
            Debug.WriteLine(exception);
        }
    }

    private static void Measure(Histogram<double> histogram, double value, in TagList tags)
    {
        try
        {
            histogram.Record(value, tags);
        }
        catch (Exception exception)
        {
            Debug.WriteLine(exception);
        }
    }

    private static Meter MeterOf(IServiceProvider? services) =>
        services?.GetService<IMeterFactory>()?.Create(new MeterOptions(RagCachingDiagnostics.MeterName) { Version = Version }) ?? SharedMeter;
}
