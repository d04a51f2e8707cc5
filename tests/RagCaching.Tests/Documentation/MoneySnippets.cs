using Microsoft.Extensions.DependencyInjection;

namespace RagCaching.Tests.Documentation;

internal static class MoneySnippets
{
    public static void Prices(IServiceCollection services)
    {
        services.AddRagCaching(options =>
        {
            options.Prices.Add(new ModelPrice { Model = "gpt-4o-mini", InputPerMillionTokens = 0.15m, OutputPerMillionTokens = 0.60m });
            options.Prices.Add(new ModelPrice { Model = "text-embedding-3-small", InputPerMillionTokens = 0.02m });
            options.HoldoutRate = 0.01;
        }).UseModelPrices(model => model.StartsWith("local-", StringComparison.Ordinal) ? new ModelPrice() : null);
    }

    public static void Balance(ISemanticCacheManager manager)
    {
        var balance = manager.GetStatistics().Balance!;
        Console.WriteLine($"{balance.Saved.Calls} calls and {balance.SavedTime} saved, {balance.Saved.Cost} saved, {balance.Spent.Cost} spent, net benefit {balance.NetBenefit}");
    }
}
