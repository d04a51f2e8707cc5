using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.Matching;

public sealed class ScopeThresholdTests
{
    private static readonly CacheScope Strict = CacheScope.For("strict");

    [Fact]
    public async Task GetOrCreate_ScopeWithAThresholdOfItsOwn_UsesIt()
    {
        using var fixture = new CacheFixture(options => options.SetMinimumSimilarity(Strict, 0.999f));
        fixture.SameMeaning("Is it safe?", "Is this safe?");
        await fixture.AskAsync("Is it safe?", "yes");
        await fixture.AskAsync(new SemanticCacheQuery("Is it safe?") { Scope = Strict }, "yes");

        var shared = await fixture.AskAsync("Is this safe?");
        var strict = await fixture.AskAsync(new SemanticCacheQuery("Is this safe?") { Scope = Strict });

        Assert.Equal(SemanticCacheOutcome.SemanticHit, shared.Outcome);
        Assert.Equal(SemanticCacheReason.BelowThreshold, strict.Reason);
    }

    [Theory]
    [InlineData(1.5f)]
    [InlineData(float.NaN)]
    public void SetMinimumSimilarity_NoCosine_IsRefused(float similarity) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SemanticCacheOptions().SetMinimumSimilarity(Strict, similarity));
}
