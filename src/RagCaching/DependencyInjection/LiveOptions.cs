using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using RagCaching.Diagnostics;
using RagCaching.Internal.Faults;

namespace RagCaching.DependencyInjection;

/// <summary>The options of a cache as they are now.</summary>
/// <remarks>
/// A mistake in a configuration file that is edited while the host runs leaves the last valid options in force, is logged and counted; asking the monitor for its current value would throw in every request
/// instead. Thread-safe.
/// </remarks>
internal sealed class LiveOptions : IDisposable
{
    private readonly IOptionsFactory<SemanticCacheOptions> _factory;
    private readonly string _name;
    private readonly string _cache;
    private readonly FaultReporting _reporting;
    private readonly IDisposable[] _registrations;
    private volatile SemanticCacheOptions _current;

    /// <summary>Reads the options, and follows them.</summary>
    /// <param name="monitor">Has the options of the start.</param>
    /// <param name="factory">Makes and checks them anew.</param>
    /// <param name="sources">Tell of changes.</param>
    /// <param name="name">The name of the options.</param>
    /// <param name="cache">The name of the cache in messages.</param>
    /// <param name="reporting">Where changes that are refused are counted and logged.</param>
    public LiveOptions(
        IOptionsMonitor<SemanticCacheOptions> monitor, IOptionsFactory<SemanticCacheOptions> factory, IEnumerable<IOptionsChangeTokenSource<SemanticCacheOptions>> sources, string name, string cache, FaultReporting reporting)
    {
        (_factory, _name, _cache, _reporting) = (factory, name, cache, reporting);
        _current = monitor.Get(name);
        _registrations = [.. sources.Where(source => (source.Name ?? Options.DefaultName) == name).Select(source => ChangeToken.OnChange(source.GetChangeToken, Follow))];
    }

    public SemanticCacheOptions Current => _current;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
    }

    private void Follow()
    {
        // Whatever it is, the old options are better than none. The message names settings and values, and no secret. A barrier of its own, so that every change is logged.
        var barrier = new FaultBarrier(TelemetryNames.Operations.Configure, _reporting, (logger, _, exception) => Log.SettingsRefused(logger, _cache, exception?.Message ?? ""));
        _current = barrier.Run(static options => options._factory.Create(options._name), this, fallback: _current);
    }
}
