using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using static RagCaching.Diagnostics.TelemetryNames;

namespace RagCaching.Diagnostics;

/// <summary>The observable instruments of one meter: entries and bytes of all caches that report to it.</summary>
/// <remarks>
/// Caches are held weakly, so that being observed does not keep one alive. There is one instrument of a kind per meter, however many
/// caches come and go, and caches of one name and kind are added up: two measurements with equal tags would hide each other.
/// Thread-safe.
/// </remarks>
internal sealed class CacheSizeGauges
{
    private static readonly ConditionalWeakTable<Meter, CacheSizeGauges> ByMeter = [];

    private readonly Lock _lock = new();
    private readonly List<(WeakReference<ICacheSize> Cache, string Name, string Kind)> _caches = [];

    private CacheSizeGauges(Meter meter)
    {
        meter.CreateObservableUpDownCounter(Instruments.Entries, () => Measure(static cache => cache.Entries), "{entry}", "Entries in a cache.");
        meter.CreateObservableUpDownCounter(Instruments.Size, () => Measure(static cache => cache.Bytes), "By", "Size of the entries in a cache.");
        meter.CreateObservableGauge(Instruments.IndexAge, MeasureAge, "s", "Time since the axes that searches of a store use were trained.");
    }

    /// <summary>Gets the instruments of a meter and creates them the first time.</summary>
    public static CacheSizeGauges Of(Meter meter)
    {
        // The table may call a factory twice and drop one result, but an instrument cannot be taken out of its meter again.
        lock (ByMeter)
        {
            return ByMeter.GetValue(meter, static meter => new CacheSizeGauges(meter));
        }
    }

    /// <summary>Observes a cache for as long as it lives.</summary>
    public void Add(ICacheSize cache, string name, string kind)
    {
        lock (_lock)
        {
            _caches.RemoveAll(static known => !known.Cache.TryGetTarget(out _));
            _caches.Add((new(cache), name, kind));
        }
    }

    private List<Measurement<long>> Measure(Func<ICacheSize, long?> value)
    {
        var sums = new Dictionary<(string Name, string Kind), long>();
        lock (_lock)
        {
            foreach (var (reference, name, kind) in _caches)
            {
                if (reference.TryGetTarget(out var cache) && value(cache) is { } size)
                {
                    sums[(name, kind)] = sums.GetValueOrDefault((name, kind)) + size;
                }
            }
        }

        return [.. sums.Select(static sum => new Measurement<long>(
            sum.Value, new KeyValuePair<string, object?>(Tags.CacheName, sum.Key.Name), new KeyValuePair<string, object?>(Tags.CacheKind, sum.Key.Kind)))];
    }

    private List<Measurement<double>> MeasureAge()
    {
        var oldest = new Dictionary<string, double>();
        lock (_lock)
        {
            foreach (var (reference, name, _) in _caches)
            {
                if (reference.TryGetTarget(out var cache) && cache.IndexAge is { } age)
                {
                    oldest[name] = Math.Max(age, oldest.GetValueOrDefault(name));
                }
            }
        }

        return [.. oldest.Select(static age => new Measurement<double>(age.Value, new KeyValuePair<string, object?>(Tags.CacheName, age.Key)))];
    }
}
