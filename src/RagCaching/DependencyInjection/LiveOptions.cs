using Microsoft.Extensions.Options;

namespace RagCaching.DependencyInjection;

/// <summary>The options of a cache as they are now.</summary>
/// <remarks>
/// The monitor announces valid options only, so a mistake in a configuration file that is edited while the host runs leaves the last valid
/// ones in force; asking the monitor for its current value would throw in every request instead.
/// </remarks>
internal sealed class LiveOptions : IDisposable
{
    private readonly IDisposable? _registration;
    private volatile SemanticCacheOptions _current;

    public LiveOptions(IOptionsMonitor<SemanticCacheOptions> monitor, string name)
    {
        _current = monitor.Get(name);
        _registration = monitor.OnChange((changed, changedName) =>
        {
            if ((changedName ?? Options.DefaultName) == name)
            {
                _current = changed;
            }
        });
    }

    public SemanticCacheOptions Current => _current;

    public void Dispose() => _registration?.Dispose();
}
