using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using RagCaching.Internal.Faults;

namespace RagCaching.Diagnostics;

/// <summary>Finds the meter, and records so that a listener that throws costs no caller an answer.</summary>
internal static class Meters
{
    // Used where the host has no IMeterFactory; it lives as long as the process and so is never disposed.
    private static readonly Meter Shared = new(RagCachingDiagnostics.MeterName, Version);

    /// <summary>Gets a meter whose instruments nobody can listen to.</summary>
    public static Meter Silent { get; } = NewSilent();

    /// <summary>Gets the version that meter and activity source state.</summary>
    public static string? Version => typeof(Meters).Assembly.GetName().Version?.ToString(3);

    /// <summary>Gets the host's meter, or that of this process.</summary>
    public static Meter Of(IServiceProvider? services) =>
        services?.GetService<IMeterFactory>()?.Create(new MeterOptions(RagCachingDiagnostics.MeterName) { Version = Version }) ?? Shared;

    private static Meter NewSilent()
    {
        // Instruments of a meter that was disposed are not published.
        var meter = new Meter(RagCachingDiagnostics.MeterName, Version);
        meter.Dispose();
        return meter;
    }

    // Listeners run inside of Add and Record.
    public static void Measure(this Counter<long> counter, long count, in TagList tags) =>
        Quietly.Run(static call => call.Counter.Add(call.Count, call.Tags), (Counter: counter, Count: count, Tags: tags));

    public static void Measure(this Counter<double> counter, double value, in TagList tags) =>
        Quietly.Run(static call => call.Counter.Add(call.Value, call.Tags), (Counter: counter, Value: value, Tags: tags));

    public static void Measure(this UpDownCounter<double> counter, double value, in TagList tags) =>
        Quietly.Run(static call => call.Counter.Add(call.Value, call.Tags), (Counter: counter, Value: value, Tags: tags));

    public static void Measure(this Histogram<double> histogram, double value, in TagList tags) =>
        Quietly.Run(static call => call.Histogram.Record(call.Value, call.Tags), (Histogram: histogram, Value: value, Tags: tags));
}
