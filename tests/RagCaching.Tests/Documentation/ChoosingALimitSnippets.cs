using Microsoft.Extensions.DependencyInjection;

namespace RagCaching.Tests.Documentation;

/// <summary>The code in docs/choosing-a-limit.md, compiled.</summary>
internal static class ChoosingALimitSnippets
{
    public static void Watch(IServiceCollection services)
    {
        services.AddRagCaching(options => options.Shadow.Enabled = true)
            .UseErrorBudget(budget => budget.MaxErrorRate = 0.02)
            .UseChatClientComparer("judge");
    }

    public static void Look(ISemanticCacheManager manager, CacheScope scope)
    {
        var budget = manager.GetStatistics(scope).ErrorBudget!;
        Console.WriteLine($"{budget.Requests} requests, {budget.Labels} labels, serving: {budget.IsServing}");
        Console.WriteLine($"{budget.WrongAudits} of {budget.Audits} decisions to serve were wrong: at most {budget.ErrorRateUpper:P1}");
    }

    public static void Choose(ShadowLog shadowLog)
    {
        var calibration = new ThresholdCalibrator(targetPrecision: 0.98).Calibrate(shadowLog);
        Console.WriteLine(calibration.Explanation);
    }

    public static void Scale(ISemanticCacheManager manager, CacheScope scope)
    {
        if (manager.GetStatistics(scope).SimilarityScale is { } scale)
        {
            Console.WriteLine($"Unrelated questions: {scale.Unrelated:F2}, nearest: {scale.Nearest:F2}, proposed threshold: {scale.ProposedSimilarity:F3}");
        }
    }
}
