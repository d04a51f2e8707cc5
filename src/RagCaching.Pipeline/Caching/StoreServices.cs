using System.Diagnostics.Metrics;
using RagCaching.Pipeline.Diagnostics;

namespace RagCaching.Pipeline.Caching;

/// <summary>What a store in this package is given: the clock, and a meter of its own, so that what it keeps is not counted as answers of the semantic cache, nor as that of another pipeline.</summary>
internal sealed class StoreServices(TimeProvider time, string meterName, string pipeline) : IServiceProvider, IMeterFactory
{
    private readonly Meter _meter = new(new MeterOptions(meterName) { Tags = [new(PipelineNames.Tags.PipelineName, pipeline)] });

    public object? GetService(Type serviceType) =>
        serviceType == typeof(TimeProvider) ? time
        : serviceType == typeof(IMeterFactory) ? this
        : null;

    public Meter Create(MeterOptions options) => _meter;

    public void Dispose() => _meter.Dispose();
}
