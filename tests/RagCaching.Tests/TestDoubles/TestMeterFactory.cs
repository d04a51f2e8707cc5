using System.Diagnostics.Metrics;

namespace RagCaching.Tests.TestDoubles;

/// <summary>Gives out meters of its own, so that tests that run at the same time do not count each other's events.</summary>
internal sealed class TestMeterFactory : IMeterFactory
{
    private readonly Dictionary<string, Meter> _meters = [];

    public Meter Create(MeterOptions options)
    {
        if (!_meters.TryGetValue(options.Name, out var meter))
        {
            _meters[options.Name] = meter = new Meter(new MeterOptions(options.Name) { Scope = this });
        }

        return meter;
    }

    public void Dispose()
    {
        foreach (var meter in _meters.Values)
        {
            meter.Dispose();
        }
    }
}
