namespace RagCaching.Tests.TestDoubles;

internal sealed class TestScopeProvider(Func<CacheScope?> scope) : ICacheScopeProvider
{
    public CacheScope? GetScope() => scope();
}
