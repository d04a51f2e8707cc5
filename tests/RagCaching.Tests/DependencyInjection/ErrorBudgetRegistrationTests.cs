using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.DependencyInjection;

public sealed class ErrorBudgetRegistrationTests
{
    [Fact]
    public async Task UseErrorBudget_Defaults_AreTwoPercentAndShownInStatistics()
    {
        await using var provider = Services(builder => builder.UseErrorBudget());
        var cache = provider.GetRequiredService<ISemanticCache>();
        var manager = provider.GetRequiredService<ISemanticCacheManager>();

        await cache.GetOrCreateAsync("a question", _ => Task.FromResult(CacheFixture.Answer("an answer")), TestContext.Current.CancellationToken);

        Assert.Equal(0.02, provider.GetRequiredService<IOptions<SemanticCacheOptions>>().Value.ErrorBudget!.MaxErrorRate);
        Assert.Equal(1, manager.GetStatistics().ErrorBudget!.Requests);
        Assert.Equal(1, manager.GetStatistics().Outcomes[SemanticCacheOutcome.Miss]);
        Assert.Equal(1, manager.GetStatistics().Reasons[SemanticCacheReason.NoCandidates]);
    }

    [Fact]
    public void BindConfiguration_ErrorBudgetSection_IsRead()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("ErrorBudget:MaxErrorRate", "0.05"), new("ErrorBudget:ComparisonTimeout", "00:00:03"), new("Shadow:Enabled", "true")]).Build();
        using var provider = Services(builder => builder.BindConfiguration(configuration));

        var options = provider.GetRequiredService<IOptions<SemanticCacheOptions>>().Value;

        Assert.Equal((0.05, TimeSpan.FromSeconds(3), true), (options.ErrorBudget!.MaxErrorRate, options.ErrorBudget.ComparisonTimeout, options.Shadow.Enabled));
    }

    [Theory]
    [InlineData(0, "MaxErrorRate")]
    [InlineData(0.51, "MaxErrorRate")]
    [InlineData(double.NaN, "MaxErrorRate")]
    public void UseErrorBudget_OutOfRange_NamesPropertyAndValue(double rate, string property)
    {
        using var provider = Services(builder => builder.UseErrorBudget(budget => budget.MaxErrorRate = rate));

        var exception = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<SemanticCacheOptions>>().Value);

        Assert.Contains(property, exception.Message, StringComparison.Ordinal);
        Assert.Contains(rate.ToString(System.Globalization.CultureInfo.InvariantCulture), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UseErrorBudget_EveryOtherSettingOutOfRange_IsNamed()
    {
        using var provider = Services(builder => builder.UseErrorBudget(budget =>
        {
            budget.AuditRate = -0.1;
            budget.MinimumSimilarity = 1.5f;
            budget.Neighbours = 1;
            budget.ComparisonTimeout = TimeSpan.Zero;
        }));

        var exception = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<SemanticCacheOptions>>().Value);

        Assert.All((string[])["AuditRate", "MinimumSimilarity", "Neighbours", "ComparisonTimeout"], name => Assert.Contains(name, exception.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AddVerifier_KeyedCache_IsItsOwn()
    {
        var services = new ServiceCollection();
        services.AddEmbeddingGenerator(new TestEmbeddingGenerator { Vector = _ => [1, 0] });
        services.AddKeyedRagCaching("strict", options => options.ShareAcrossCallers = true).AddVerifier(_ => new TestVerifier((_, _) => new(false)));
        services.AddRagCaching(options => options.ShareAcrossCallers = true);
        await using var provider = services.BuildServiceProvider();

        Assert.Equal(SemanticCacheReason.Verifier, await ReasonOfRewording(provider.GetRequiredKeyedService<ISemanticCache>("strict")));
        Assert.Equal(SemanticCacheReason.None, await ReasonOfRewording(provider.GetRequiredService<ISemanticCache>()));
    }

    [Fact]
    public void AddRagCaching_ScopedVerifier_FailsWithAHint()
    {
        var services = new ServiceCollection();
        services.AddEmbeddingGenerator(new TestEmbeddingGenerator());
        services.AddRagCaching();
        services.AddScoped<IMatchVerifier>(_ => new TestVerifier((_, _) => new(true)));
        using var provider = services.BuildServiceProvider();

        var exception = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<SemanticCacheOptions>>().Value);

        Assert.Contains("AddVerifier", exception.Message, StringComparison.Ordinal);
    }

    private static async Task<SemanticCacheReason> ReasonOfRewording(ISemanticCache cache)
    {
        foreach (var question in (string[])["Is it safe?", "Is this safe?"])
        {
            await cache.GetOrCreateAsync(question, _ => Task.FromResult(CacheFixture.Answer("yes")), TestContext.Current.CancellationToken);
        }

        return (await cache.LookupAsync("Is that safe?", TestContext.Current.CancellationToken)).Reason;
    }

    private static ServiceProvider Services(Action<IRagCachingBuilder> configure)
    {
        var services = new ServiceCollection();
        services.AddEmbeddingGenerator(new TestEmbeddingGenerator());
        configure(services.AddRagCaching(options => options.ShareAcrossCallers = true));
        return services.BuildServiceProvider();
    }
}
