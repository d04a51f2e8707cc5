using Microsoft.Extensions.DependencyInjection;

namespace RagCaching.Tests.Documentation;

internal static class ScopeSnippets
{
    public static SemanticCacheQuery Usage(IServiceCollection services)
    {
        services.AddSingleton<ICacheScopeProvider, TenantScopeProvider>();

        var query = new SemanticCacheQuery("What is my plan?") { Scope = CacheScope.For("tenant-42", "user-7") };
        return query;
    }

    private sealed class TenantScopeProvider : ICacheScopeProvider
    {
        public CacheScope? GetScope() => CacheScope.For("tenant-42");
    }
}
