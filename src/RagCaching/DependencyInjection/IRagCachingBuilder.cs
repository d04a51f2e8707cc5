using Microsoft.Extensions.DependencyInjection;

namespace RagCaching;

/// <summary>Configures one cache of a host.</summary>
public interface IRagCachingBuilder
{
    /// <summary>Gets the services of the host.</summary>
    IServiceCollection Services { get; }

    /// <summary>Gets the key under which the cache is registered.</summary>
    /// <value><see langword="null"/> for the host's default cache.</value>
    object? ServiceKey { get; }
}
