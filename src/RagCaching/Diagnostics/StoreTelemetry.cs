using System.Diagnostics;
using System.Diagnostics.Metrics;
using static RagCaching.Diagnostics.TelemetryNames;

namespace RagCaching.Diagnostics;

/// <summary>Counts what the store in memory evicts and how far its searches look.</summary>
/// <remarks>Costs a few field reads while nobody listens. Thread-safe.</remarks>
internal sealed class StoreTelemetry
{
    private readonly KeyValuePair<string, object?> _name;
    private readonly Counter<long> _evictions;
    private readonly Counter<long> _searchedVectors;
    private long _evicted;

    /// <summary>Creates the instruments, or finds those that exist.</summary>
    /// <param name="name">The name of the cache, for hosts with several.</param>
    /// <param name="services">Where an <see cref="IMeterFactory"/> may be.</param>
    public StoreTelemetry(string name, IServiceProvider? services)
    {
        _name = new(Tags.CacheName, name);
        var meter = Meters.Of(services);
        _evictions = meter.CreateCounter<long>(Instruments.Evictions, "{eviction}", "Entries that were dropped before they were removed by anybody.");
        _searchedVectors = meter.CreateCounter<long>(Instruments.SearchedVectors, "{vector}", "Vectors of the partitions that were searched, by how far a search had to look at them.");
    }

    /// <summary>Gets how many entries were evicted.</summary>
    public long Evictions => Interlocked.Read(ref _evicted);

    /// <summary>Gets a value indicating whether anybody wants to know how far searches looked.</summary>
    public bool CountsSearchedVectors => _searchedVectors.Enabled;

    /// <summary>Counts vectors that a stage of a search looked at.</summary>
    /// <param name="stage">One of <see cref="SearchStages"/>.</param>
    /// <param name="count">How many.</param>
    public void Searched(string stage, long count) => _searchedVectors.Measure(count, new TagList { _name, new(Tags.SearchStage, stage) });

    /// <summary>Counts an eviction.</summary>
    /// <param name="reason">One of <see cref="EvictionReasons"/>.</param>
    public void Evicted(string reason)
    {
        Interlocked.Increment(ref _evicted);
        if (_evictions.Enabled)
        {
            _evictions.Measure(1, new TagList { _name, new(Tags.EvictionReason, reason) });
        }
    }
}
