using System.Diagnostics;
using System.Diagnostics.Metrics;
using static RagCaching.Diagnostics.TelemetryNames;

namespace RagCaching.Diagnostics;

/// <summary>Counts what it costs to find out whether served answers are right, and the outcome.</summary>
/// <remarks>Costs a few field reads while nobody listens. Thread-safe.</remarks>
internal sealed class ErrorBudgetTelemetry
{
    private readonly KeyValuePair<string, object?> _name;
    private readonly Counter<long> _comparisons;
    private readonly Counter<long> _audits;
    private readonly Counter<long> _trips;

    /// <summary>Creates the instruments, or finds those that exist.</summary>
    /// <param name="name">The name of the cache, for hosts with several.</param>
    /// <param name="services">Where an <see cref="IMeterFactory"/> may be.</param>
    public ErrorBudgetTelemetry(string name, IServiceProvider? services)
    {
        _name = new(Tags.CacheName, name);
        var meter = Meters.Of(services);
        _comparisons = meter.CreateCounter<long>(Instruments.Comparisons, "{comparison}", "Comparisons of a new answer with a stored one, each of which may be a model call.");
        _audits = meter.CreateCounter<long>(Instruments.Audits, "{audit}", "Hits by meaning that were answered anew to check them, each of which is a model call.");
        _trips = meter.CreateCounter<long>(Instruments.BudgetTrips, "{trip}", "Times that a scope stopped serving by meaning because audits found too many wrong answers.");
    }

    /// <summary>Counts a comparison of two answers.</summary>
    public void Compared(AnswerComparison comparison) => Count(_comparisons, comparison);

    /// <summary>Counts a hit that was answered anew, with its outcome.</summary>
    public void Audited(AnswerComparison comparison) => Count(_audits, comparison);

    /// <summary>Counts a scope that stops serving by meaning.</summary>
    public void Tripped()
    {
        if (_trips.Enabled)
        {
            _trips.Measure(1, new TagList { _name });
        }
    }

    private void Count(Counter<long> counter, AnswerComparison comparison)
    {
        if (counter.Enabled)
        {
            counter.Measure(1, new TagList { _name, new(Tags.Comparison, comparison.ToString()) });
        }
    }
}
