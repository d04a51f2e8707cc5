using System.Diagnostics;
using System.Diagnostics.Metrics;
using static RagCaching.Diagnostics.TelemetryNames;

namespace RagCaching.Diagnostics;

/// <summary>Counts what is served while the model fails or is slow.</summary>
/// <remarks>Costs a few field reads while nobody listens. Thread-safe.</remarks>
internal sealed class FailSafeTelemetry
{
    private readonly KeyValuePair<string, object?> _name;
    private readonly Counter<long> _stale;
    private readonly Counter<long> _refreshes;
    private readonly Gauge<int> _breaker;

    /// <summary>Creates the instruments, or finds those that exist.</summary>
    /// <param name="name">The name of the cache, for hosts with several.</param>
    /// <param name="services">Where an <see cref="IMeterFactory"/> may be.</param>
    public FailSafeTelemetry(string name, IServiceProvider? services)
    {
        _name = new(Tags.CacheName, name);
        var meter = Meters.Of(services);
        _stale = meter.CreateCounter<long>(Instruments.Stale, "{answer}", "Stored answers that were served although their lifetime was over, by why there was no new one.");
        _refreshes = meter.CreateCounter<long>(Instruments.Refreshes, "{answer}", "Answers that were to be made anew before their lifetime was over, by what came of it.");
        _breaker = meter.CreateGauge<int>(Instruments.ModelBreaker, "1", "Whether callers with a stored answer do not wait for the model, 1, or do, 0.");
    }

    /// <summary>Counts an answer that was served although its lifetime was over.</summary>
    public void Served(string reason)
    {
        if (_stale.Enabled)
        {
            _stale.Measure(1, new TagList { _name, new(Tags.Reason, reason) });
        }
    }

    /// <summary>Counts an attempt to make an answer anew before its lifetime is over.</summary>
    public void Refreshed(bool succeeded)
    {
        if (_refreshes.Enabled)
        {
            _refreshes.Measure(1, new TagList { _name, new(Tags.Result, succeeded ? Results.Refreshed : Results.Failed) });
        }
    }

    /// <summary>Tells whether the model is being left alone.</summary>
    public void Breaker(bool isOpen)
    {
        if (_breaker.Enabled)
        {
            _breaker.Record(isOpen ? 1 : 0, _name);
        }
    }
}
