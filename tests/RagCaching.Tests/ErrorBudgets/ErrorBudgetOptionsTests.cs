using Microsoft.Extensions.Options;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.ErrorBudgets;

public sealed class ErrorBudgetOptionsTests
{
    public static TheoryData<string, string, Action<ErrorBudgetOptions>> Bad => new()
    {
        { nameof(ErrorBudgetOptions.MaxErrorRate), "0", options => options.MaxErrorRate = 0 },
        { nameof(ErrorBudgetOptions.MaxErrorRate), "-0.02", options => options.MaxErrorRate = -0.02 },
        { nameof(ErrorBudgetOptions.MaxErrorRate), "0.51", options => options.MaxErrorRate = 0.51 },
        { nameof(ErrorBudgetOptions.MaxErrorRate), "NaN", options => options.MaxErrorRate = double.NaN },
        { nameof(ErrorBudgetOptions.AuditRate), "-0.1", options => options.AuditRate = -0.1 },
        { nameof(ErrorBudgetOptions.AuditRate), "1.1", options => options.AuditRate = 1.1 },
        { nameof(ErrorBudgetOptions.MinimumSimilarity), "1.5", options => options.MinimumSimilarity = 1.5f },
        { nameof(ErrorBudgetOptions.MinimumSimilarity), "NaN", options => options.MinimumSimilarity = float.NaN },
        { nameof(ErrorBudgetOptions.Neighbours), "1", options => options.Neighbours = 1 },
        { nameof(ErrorBudgetOptions.Neighbours), "65", options => options.Neighbours = 65 },
        { nameof(ErrorBudgetOptions.ComparisonTimeout), "00:00:00", options => options.ComparisonTimeout = TimeSpan.Zero },
    };

    [Theory]
    [MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public void Constructor_SettingOutOfRange_NamesItAndTheValue(string property, string value, Action<ErrorBudgetOptions> change)
    {
        var message = Assert.Throws<OptionsValidationException>(() => Create(change)).Message;

        Assert.Contains($"ErrorBudget.{property}", message, StringComparison.Ordinal);
        Assert.Contains($"was {value}.", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1e-9)]
    [InlineData(0.5)]
    public void Constructor_EndsOfTheRange_AreAllowed(double budget) => Create(options => options.MaxErrorRate = budget);

    private static void Create(Action<ErrorBudgetOptions> change)
    {
        var budget = new ErrorBudgetOptions();
        change(budget);
        using var store = new InMemoryVectorStore();
        using var cache = new SemanticCache(new TestEmbeddingGenerator(), store, new SemanticCacheOptions { ErrorBudget = budget });
    }
}
