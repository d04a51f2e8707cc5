using Microsoft.Extensions.DependencyInjection;
using RagCaching.Contract;
using RagCaching.DependencyInjection;

namespace RagCaching.AspNetCore.Requests;

/// <summary>Finds the rules that a cache goes by. The monitor of its options has others: it throws while a configuration is not valid, and tells changes that the cache does not follow.</summary>
internal static class RulesInForce
{
    /// <summary>Finds the rules of a cache; a cache of the host's own goes by the options that are valid now, or else shares nothing.</summary>
    public static IOwnersRules Of(IServiceProvider services, object? key) =>
        services.GetRequiredKeyedService<ISemanticCache>(key) as IOwnersRules ?? new OfHost(services.GetKeyedService<LiveOptions>(key)?.Current ?? new SemanticCacheOptions());

    private sealed class OfHost(SemanticCacheOptions options) : IOwnersRules
    {
        public bool ShareAcrossCallers => options.ShareAcrossCallers;

        public double? MaxErrorRate => options.ErrorBudget?.MaxErrorRate;

        public float? MinimumSimilarity => options.MinimumSimilarity;

        public bool HasPrices => options.Prices.Count > 0;
    }
}
