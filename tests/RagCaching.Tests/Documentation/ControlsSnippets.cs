using Microsoft.Extensions.DependencyInjection;

namespace RagCaching.Tests.Documentation;

internal static class ControlsSnippets
{
    public static void Controls(IServiceCollection services)
    {
        services.AddRagCaching(options =>
        {
            options.MinimumSimilarity = 0.92f;
            options.Thresholds.Add(new ThresholdRule { Tag = "legal", MinimumSimilarity = 0.97f });
            options.AllowLowerThreshold = 0.85f;
            options.VerifierBand.Below = 0.05f;
            options.VerifierBand.Above = 0.03f;
        });
    }

    public static async Task AskAsync(ISemanticCache cache)
    {
        var result = await cache.LookupAsync(new SemanticCacheQuery("What does it cost?") { MaxAge = TimeSpan.FromMinutes(5), MinimumSimilarity = 0.88f });
        var results = await cache.LookupManyAsync(["What does it cost?", "How do I pay?"]);
        Console.WriteLine(result.IsHit || results.Any(one => one.IsHit));
    }
}
