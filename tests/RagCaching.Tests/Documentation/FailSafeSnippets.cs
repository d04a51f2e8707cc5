using Microsoft.Extensions.DependencyInjection;

namespace RagCaching.Tests.Documentation;

internal static class FailSafeSnippets
{
    public static void FailSafe(IServiceCollection services)
    {
        services.AddRagCaching(options =>
        {
            options.FailSafe.StaleIfError = TimeSpan.FromHours(12);
            options.FailSafe.SoftTimeout = TimeSpan.FromSeconds(3);
            options.FailSafe.EagerRefresh = 0.9;
            options.FailSafe.ModelBreaker.Failures = 5;
        });
    }

    public static void Lifetimes(IServiceCollection services)
    {
        services.AddRagCaching(options =>
        {
            options.Lifetimes.UsePresets();
            options.Lifetimes.ByTag["prices"] = TimeSpan.FromMinutes(10);
            options.Lifetimes.ByTool["get_inventory"] = TimeSpan.FromMinutes(1);
            options.Lifetimes.ByPhrase["delivery date"] = TimeSpan.FromMinutes(5);
        }).AddAnswerLifetime<LongManuals>();
    }

    internal sealed class LongManuals : IAnswerLifetime
    {
        public AnswerLifetime Decide(AnswerFacts facts) =>
            facts.Tags.Contains("manual") ? AnswerLifetime.For(TimeSpan.FromDays(30))
            : facts.Tools.Contains("get_stock_price") ? AnswerLifetime.ExactOnly(TimeSpan.FromMinutes(1))
            : facts.Text.Contains("CONFIDENTIAL", StringComparison.Ordinal) ? AnswerLifetime.DoNotStore
            : AnswerLifetime.Default;
    }
}
