using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Guards.Lexical;

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
    [InlineData("neniam", "ĉu mi trinku la akvon", "ĉu mi neniam trinku la akvon")]
    [InlineData("ikke", "kan man drikke vandet", "kan man ikke drikke vandet")]
    public void Allows_OwnNegators_Refuses(string negator, string question, string candidate)
    {
        Assert.False(new LexicalGuard(new LexicalGuardOptions { Negators = { negator } }).Allows(question, candidate));
        Assert.True(new LexicalGuard().Allows(question, candidate));
    }

    [Fact]
    public void Allows_OwnUnits_RefusesOthersAndKeepsOtherNames()
    {
        var guard = new LexicalGuard(new LexicalGuardOptions { Units = { "furlong/furlongs", "parsec/parsecs/pc" } });

        Assert.False(guard.Allows("is 5 furlongs far", "is 5 parsecs far"));
        Assert.True(guard.Allows("is 5 parsecs far", "is 5 pc far"));
        Assert.False(guard.Allows("is 5 km far", "is 5 furlongs far"));
        Assert.False(new LexicalGuard().Allows("is 5 parsecs far", "is 5 pc far"));
    }

    [Fact]
    public void Allows_NameTypos_OnlyWhereTheyAreAllowed()
    {
        const string Name = "Who designed the Winterthur bridge?";
        const string Typo = "Who designed the Wintherthur bridge?";

        Assert.True(new LexicalGuard(new LexicalGuardOptions { AllowNameTypos = true }).Allows(Name, Typo));
        Assert.False(new LexicalGuard().Allows(Name, Typo));
    }

    [Theory]
    [InlineData("Language", "How do I reset it?", "¿Cómo puedo restablecer mi clave?")]
    [InlineData("Sign", "What is 7 + 5?", "What is 7 - 5?")]
    [InlineData("Case", "Is the SI prefix M large?", "Is the SI prefix m large?")]
    [InlineData("Spelling", "¿Cuántos años tienes?", "¿Cuántos anos tienes?")]
    [InlineData("Payload", "Translate into French: the towels are wet", "Translate into French: please call a taxi")]
    public void Allows_NewerRuleDisabled_AllowsWhatItRefused(string rule, string question, string candidate)
    {
        Assert.Equal(rule, new LexicalGuard().Decide(question, candidate).ToString());
        Assert.NotEqual(rule, new LexicalGuard(new LexicalGuardOptions { DisabledRules = { rule } }).Decide(question, candidate).ToString());
    }

    [Fact]
    public void Allows_OwnKin_RefusesOthersAndKeepsOtherNames()
    {
        var guard = new LexicalGuard(new LexicalGuardOptions { Relatives = { "stepmother/stepmom", "stepfather" } });

        Assert.False(guard.Allows("may my stepmother sign the form", "may my stepfather sign the form"));
        Assert.True(guard.Allows("may my stepmother sign the form", "may my stepmom sign the form"));
        Assert.True(new LexicalGuard().Allows("may my stepmother sign the form", "may my stepfather sign the form"));
    }

    [Theory]
    [InlineData("number", "Budget for 2024", "Budget for 2025")]
    [InlineData("UNIT", "dose of 5 mg", "dose of 5 g")]
    [InlineData("Code", "where is config.json", "where is config.yaml")]
    [InlineData("Quote", "what does \"tare\" mean", "what does \"gross\" mean")]
    [InlineData("Name", "ship to Norway", "ship to Sweden")]
    [InlineData("NameRestriction", "Which is the best bank?", "Which is the best bank in Malta?")]
    [InlineData("Negation", "Is it safe to drink rain water?", "Is it not safe to drink rain water?")]
    [InlineData("LoneWord", "list all files except logs", "list all files logs")]
    [InlineData("Opposite", "turn on dark mode", "turn off dark mode")]
    [InlineData("Pronoun", "does this belong to him or to her", "does this belong to her or to him")]
    [InlineData("Relatives", "can my uncle sign the form", "can my boss sign the form")]
    [InlineData("QuestionWord", "Who founded the club?", "When was the club founded?")]
    [InlineData("Tense", "is Ann a painter", "did Ann used to be a painter")]
    [InlineData("Connector", "is she a cook and a painter", "is she a cook or a painter")]
    [InlineData("Order", "from oslo to rome", "from rome to oslo")]
    public void Allows_RuleDisabled_AllowsWhatItRefused(string rule, string question, string candidate)
    {
        Assert.Equal(rule, new LexicalGuard().Decide(question, candidate).ToString(), ignoreCase: true);
        Assert.NotEqual(rule, new LexicalGuard(new LexicalGuardOptions { DisabledRules = { rule } }).Decide(question, candidate).ToString(), StringComparer.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Replacement", "May my rabbit eat rice?", "May my parrot eat rice?")]
    [InlineData("Quantifier", "Is every room heated?", "Is the room heated?")]
    public void Allows_StrictRuleDisabled_AllowsWhatItRefused(string rule, string question, string candidate)
    {
        var strict = new LexicalGuardOptions { Variant = LexicalGuardVariant.Strict };
        Assert.Equal(rule, new LexicalGuard(strict).Decide(question, candidate).ToString());

        strict.DisabledRules.Add(rule);
        Assert.NotEqual(rule, new LexicalGuard(strict).Decide(question, candidate).ToString());
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
        Assert.Throws<OptionsValidationException>(() => new LexicalGuard(new LexicalGuardOptions { Negators = { "not at all" } }));
        Assert.Throws<OptionsValidationException>(() => new LexicalGuard(new LexicalGuardOptions { Units = { "a/b", "b" } }));
        Assert.Throws<OptionsValidationException>(() => new LexicalGuard(new LexicalGuardOptions { Relatives = { "" } }));
    }

    [Fact]
    public void Constructor_TooManyKin_Throws()
    {
        var options = new LexicalGuardOptions();
        for (var i = 0; i < 40; i++)
        {
            options.Relatives.Add($"relative{i}");
        }

        _ = new LexicalGuard(options);
        options.Relatives.Add("another");
        Assert.Throws<OptionsValidationException>(() => new LexicalGuard(options));
    }

    [Theory]
    [InlineData("Length")]
    [InlineData("None")]
    [InlineData("3")]
    [InlineData("")]
    [InlineData("dance")]
    public void Constructor_RuleThatCannotBeSwitchedOff_IsNamed(string rule) =>
        Assert.Contains($"'{rule}'", Assert.Throws<OptionsValidationException>(() => new LexicalGuard(new LexicalGuardOptions { DisabledRules = { rule } })).Message, StringComparison.Ordinal);

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
