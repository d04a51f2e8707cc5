namespace RagCaching.Pipeline.Tests.TestDoubles;

/// <summary>A service provider that knows chat clients by key, and otherwise what another one knows.</summary>
internal sealed class KeyedServices(IServiceProvider others, IReadOnlyDictionary<string, object> keyed) : IServiceProvider, Microsoft.Extensions.DependencyInjection.IKeyedServiceProvider
{
    public object? GetService(Type serviceType) => others.GetService(serviceType);

    public object? GetKeyedService(Type serviceType, object? serviceKey) => serviceKey is string key && keyed.GetValueOrDefault(key) is { } service && serviceType.IsInstanceOfType(service) ? service : null;

    public object GetRequiredKeyedService(Type serviceType, object? serviceKey) => GetKeyedService(serviceType, serviceKey) ?? throw new InvalidOperationException("Not there.");
}
