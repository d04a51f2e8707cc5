using System.Diagnostics.Metrics;

namespace RagCaching.JournalLab;

/// <summary>Counts the failures that the library reports.</summary>
internal sealed class FailureCount : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _value;

    public FailureCount()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == RagCachingDiagnostics.MeterName && instrument.Name == "ragcaching.cache.failures")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref _value, count));
        _listener.Start();
    }

    public long Value => Interlocked.Read(ref _value);

    public void Dispose() => _listener.Dispose();
}
