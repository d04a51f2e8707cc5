using System.Diagnostics.Metrics;

namespace RagCaching.WarmUp;

/// <summary>Services that have nothing but a meter under a name that nobody listens to.</summary>
/// <param name="name">The name of the meter.</param>
internal sealed class RehearsalServices(string name) : IServiceProvider, IMeterFactory
{
    private readonly Meter _meter = new(name);

    public object? GetService(Type serviceType) => serviceType == typeof(IMeterFactory) ? this : null;

    public Meter Create(MeterOptions options) => _meter;

    public void Dispose() => _meter.Dispose();
}
