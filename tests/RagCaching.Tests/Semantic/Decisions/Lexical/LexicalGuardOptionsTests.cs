using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.Decisions.Lexical;

public sealed class LexicalGuardOptionsTests
{
    [Fact]
    public void Allows_OwnOpposites_Refuses()
    {
        var options = new LexicalGuardOptions { Opposites = { "Prod/Staging" } };
        var guard = new LexicalGuard(options);
        options.Opposites.Clear();

        Assert.False(guard.Allows("deploy it to prod", "deploy it to staging"));
        Assert.True(new LexicalGuard().Allows("deploy it to prod", "deploy it to staging"));
    }

    [Fact]
    public void Allows_ProtectedWordsThatLookAlike_Refuses()
    {
        var guard = new LexicalGuard(new LexicalGuardOptions { ProtectedWords = { "Velorix", "velorax" } });

        Assert.False(guard.Allows("how to store velorix", "how to store velorax"));
        Assert.True(guard.Allows("how to store velorix", "how do I store Velorix?"));
    }

    [Fact]
    public void Allows_OwnSynonyms_AreNoDifference()
    {
        var guard = new LexicalGuard(new LexicalGuardOptions { Synonyms = { "zurich/zuri" } });

        Assert.True(guard.Allows("where to eat in Zurich", "where to eat in ZURI"));
        Assert.False(guard.Allows("where to eat in Zurich", "where to eat in Bern"));
    }

    [Theory]
    [InlineData("on")]
    [InlineData("on/on")]
    [InlineData("a/b/c")]
    [InlineData("two words/one")]
    [InlineData("/")]
    [InlineData("")]
    public void Constructor_BadOpposites_Throws(string entry) =>
        Assert.Throws<OptionsValidationException>(() => new LexicalGuard(new LexicalGuardOptions { Opposites = { entry } }));

    [Fact]
    public void Constructor_BadListsOrVariant_Throws()
    {
        Assert.Throws<OptionsValidationException>(() => new LexicalGuard(new LexicalGuardOptions { ProtectedWords = { "a b" } }));
        Assert.Throws<OptionsValidationException>(() => new LexicalGuard(new LexicalGuardOptions { Synonyms = { "a/b", "b/c" } }));
        Assert.Throws<OptionsValidationException>(() => new LexicalGuard(new LexicalGuardOptions { Variant = (LexicalGuardVariant)7 }));
    }

    [Fact]
    public void AddRagCaching_Twice_RegistersTheGuardOnceForEachCache()
    {
        var services = new ServiceCollection();
        services.AddRagCaching();
        services.AddRagCaching().ConfigureLexicalGuard(options => options.Variant = LexicalGuardVariant.Strict);
        services.AddKeyedRagCaching("other").ConfigureLexicalGuard(options => options.Enabled = false);
        services.AddKeyedRagCaching("other");
        using var provider = services.BuildServiceProvider();

        var guard = Assert.Single(provider.GetServices<IMatchGuard>());
        var other = Assert.Single(provider.GetKeyedServices<IMatchGuard>("other"));

        Assert.False(guard.Allows("May my rabbit eat rice?", "May my parrot eat rice?"));
        Assert.True(other.Allows("turn it on", "turn it off"));
    }

    [Fact]
    public void BindConfiguration_GuardSection_IsRead()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["LexicalGuard:Opposites:0"] = "prod/staging" }).Build();
        var services = new ServiceCollection();
        services.AddRagCaching().BindConfiguration(configuration);
        using var provider = services.BuildServiceProvider();

        Assert.False(Assert.Single(provider.GetServices<IMatchGuard>()).Allows("deploy it to prod", "deploy it to staging"));
    }

    [Fact]
    public async Task SemanticCache_WithoutAnyGuard_UsesTheLexicalOne()
    {
        using var fixture = new CacheFixture();
        var cache = new SemanticCache(fixture.Generator, fixture.Store, fixture.Options, fixture.Services);
        fixture.SameMeaning("turn it on", "turn it off", "please turn it on");
        await cache.StoreAsync("turn it on", CacheFixture.Answer("on"), TestContext.Current.CancellationToken);

        var off = await cache.LookupAsync("turn it off", TestContext.Current.CancellationToken);
        var on = await cache.LookupAsync("please turn it on", TestContext.Current.CancellationToken);

        Assert.Equal(SemanticCacheReason.Guard, off.Reason);
        Assert.Equal("on", on.Response!.Text);
    }
}
