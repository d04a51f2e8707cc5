namespace RagCaching.Tests.TestDoubles;

/// <summary>A service provider that knows the given objects and nothing else.</summary>
internal sealed class TestServices(params object[] services) : IServiceProvider
{
    public object? GetService(Type serviceType) => services.FirstOrDefault(serviceType.IsInstanceOfType);
}
