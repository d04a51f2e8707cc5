using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using RagCaching.Diagnostics;
using static RagCaching.Diagnostics.TelemetryNames;

namespace RagCaching.Journals;

/// <summary>The observable instruments of journaled stores, by the name of their cache; stores are held weakly.</summary>
/// <remarks>There is one instrument of a kind per meter, however many stores come and go. Thread-safe.</remarks>
internal sealed class JournalGauges
{
    private static readonly ConditionalWeakTable<Meter, JournalGauges> ByMeter = [];

    private readonly Lock _lock = new();
    private readonly List<(WeakReference<JournaledVectorStore> Store, string Name)> _stores = [];

    private JournalGauges(Meter meter)
    {
        meter.CreateObservableUpDownCounter(Instruments.JournalWaiting, () => Measure<long>(static status => status.Waiting, static (sum, one) => sum + one), "{change}", "Changes that wait to be written to a journal.");
        meter.CreateObservableGauge(Instruments.JournalStaleness, () => Measure<double>(static status => status.Staleness?.TotalSeconds, Math.Max), "s", "Time since an instance last knew the state of its journal.");
    }

    /// <summary>Observes a store for as long as it lives.</summary>
    public static void Add(JournaledVectorStore store, string name, IServiceProvider? services)
    {
        // The table may call a factory twice and drop one result, but an instrument cannot be taken out of its meter again.
        JournalGauges gauges;
        lock (ByMeter)
        {
            gauges = ByMeter.GetValue(Meters.Of(services), static meter => new JournalGauges(meter));
        }

        lock (gauges._lock)
        {
            gauges._stores.RemoveAll(static known => !known.Store.TryGetTarget(out _));
            gauges._stores.Add((new(store), name));
        }
    }

    private List<Measurement<T>> Measure<T>(Func<JournalStatus, T?> value, Func<T, T, T> join)
        where T : struct
    {
        var values = new Dictionary<string, T>();
        lock (_lock)
        {
            foreach (var (reference, name) in _stores)
            {
                if (reference.TryGetTarget(out var store) && value(store.Status) is { } one)
                {
                    values[name] = values.TryGetValue(name, out var other) ? join(other, one) : one;
                }
            }
        }

        return [.. values.Select(static pair => new Measurement<T>(pair.Value, new KeyValuePair<string, object?>(Tags.CacheName, pair.Key)))];
    }
}
