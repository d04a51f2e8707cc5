using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Onnx.Tests.TestDoubles;

/// <summary>Listens to the instruments of one test.</summary>
internal static class Listeners
{
    public static IServiceProvider Services(TestMeterFactory meters) => new ServiceCollection().AddSingleton<IMeterFactory>(meters).BuildServiceProvider();

    public static MeterListener Count(TestMeterFactory meters, string instrument, Action<long> count)
    {
        var listener = Of(meters, instrument);
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => count(value));
        listener.Start();
        return listener;
    }

    public static MeterListener Time(TestMeterFactory meters, string instrument, Action measured)
    {
        var listener = Of(meters, instrument);
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => measured());
        listener.Start();
        return listener;
    }

    private static MeterListener Of(TestMeterFactory meters, string instrument) => new()
    {
        InstrumentPublished = (published, listener) =>
        {
            if (published.Name == instrument && ReferenceEquals(published.Meter.Scope, meters))
            {
                listener.EnableMeasurementEvents(published);
            }
        },
    };
}
