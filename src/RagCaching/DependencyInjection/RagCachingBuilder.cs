using Microsoft.Extensions.DependencyInjection;
using RagCaching.DependencyInjection.Checks;

namespace RagCaching.DependencyInjection;

internal sealed class RagCachingBuilder(IServiceCollection services, object? serviceKey) : IRagCachingBuilder
{
    public IServiceCollection Services => services;

    public object? ServiceKey => serviceKey;

    /// <summary>Gets the name of the options of a cache: options have names where services have keys.</summary>
    public static string OptionsNameOf(object? serviceKey) => OptionsNames.Of(serviceKey);
}
