using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RagCaching.DependencyInjection;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.FailSafe;

public sealed class FailSafeOptionsTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static TheoryData<string, string, Action<SemanticCacheOptions>> Wrong => new()
    {
        { "FailSafe.StaleIfError", "-00:00:01", options => options.FailSafe.StaleIfError = -Second },
        { "FailSafe.StaleIfError", "00:00:00", options => options.FailSafe.StaleIfError = TimeSpan.Zero },
        { "FailSafe.StaleIfError", "3651", options => options.FailSafe.StaleIfError = TimeSpan.FromDays(3651) },
        { "FailSafe.SoftTimeout", "-00:00:01", options => options.FailSafe.SoftTimeout = -Second },
        { "FailSafe.SoftTimeout", "00:03:00", options => options.FailSafe.SoftTimeout = Second * 180 },
        { "HardTimeout (00:00:01)", "00:00:01", options => (options.FailSafe.SoftTimeout, options.FailSafe.HardTimeout) = (Second, Second) },
        { "Limits.GenerationTimeout (00:00:05)", "00:00:10", options => (options.FailSafe.SoftTimeout, options.Limits.GenerationTimeout) = (Second * 10, Second * 5) },
        { "FailSafe.HardTimeout", "00:00:00", options => options.FailSafe.HardTimeout = TimeSpan.Zero },
        { "FailSafe.HardTimeout", "2.00:00:00", options => options.FailSafe.HardTimeout = TimeSpan.FromDays(2) },
        { "FailSafe.EagerRefresh", "0", options => options.FailSafe.EagerRefresh = 0 },
        { "FailSafe.EagerRefresh", "1", options => options.FailSafe.EagerRefresh = 1 },
        { "FailSafe.EagerRefresh", "-0.5", options => options.FailSafe.EagerRefresh = -0.5 },
        { "FailSafe.EagerRefresh", "NaN", options => options.FailSafe.EagerRefresh = double.NaN },
        { "FailSafe.ModelBreaker.Failures", "-1", options => options.FailSafe.ModelBreaker.Failures = -1 },
        { "FailSafe.ModelBreaker.Failures", "1001", options => options.FailSafe.ModelBreaker.Failures = 1001 },
        { "FailSafe.ModelBreaker.BreakDuration", "00:00:00", options => options.FailSafe.ModelBreaker.BreakDuration = TimeSpan.Zero },
        { "FailSafe.ModelBreaker", "null", options => options.FailSafe.ModelBreaker = null! },
        { "FailSafe", "null", options => options.FailSafe = null! },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void Cache_WrongValue_IsRefusedWithOptionAndValue(string option, string value, Action<SemanticCacheOptions> change)
    {
        using var fixture = new CacheFixture();
        var options = new SemanticCacheOptions();
        change(options);

        var exception = Assert.Throws<OptionsValidationException>(() => new SemanticCache(fixture.Generator, fixture.Store, options));

        Assert.Contains(option, exception.Message, StringComparison.Ordinal);
        Assert.Contains(value, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BindConfiguration_Settings_AreRead()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["FailSafe:StaleIfError"] = "1.00:00:00",
            ["FailSafe:SoftTimeout"] = "00:00:02",
            ["FailSafe:EagerRefresh"] = "0.9",
            ["FailSafe:ModelBreaker:Failures"] = "7",
        }).Build();
        var services = new ServiceCollection();
        services.AddEmbeddingGenerator(new TestEmbeddingGenerator());
        services.AddRagCaching(options => options.ShareAcrossCallers = true).BindConfiguration(configuration);
        using var provider = services.BuildServiceProvider();

        var read = provider.GetRequiredService<IOptionsMonitor<SemanticCacheOptions>>().Get(RagCachingBuilder.OptionsNameOf(null)).FailSafe;

        Assert.Equal((TimeSpan.FromDays(1), TimeSpan.FromSeconds(2), 0.9, 7), (read.StaleIfError, read.SoftTimeout, read.EagerRefresh, read.ModelBreaker.Failures));
    }

    [Fact]
    public async Task Cache_OptionsChangedAfterwards_AreNotFollowed()
    {
        using var fixture = new FailSafeFixture();
        await fixture.ExpireAsync();
        fixture.Inner.Options.FailSafe.StaleIfError = null;

        Assert.True((await fixture.FailAsync()).IsStale);
    }
}
