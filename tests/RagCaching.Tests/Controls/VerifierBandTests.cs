using Microsoft.Extensions.Options;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Controls;

public sealed class VerifierBandTests : IDisposable
{
    private const string Question = "What is a cache?";
    private const string Close = "What, please, is a cache?";
    private const string Near = "What would a cache be?";
    private const string Far = "Explain caching";

    private readonly CacheFixture _fixture = new(options =>
    {
        options.MinimumSimilarity = 0.96f;
        options.VerifierBand.Below = 0.1f;
        options.VerifierBand.Above = 0.02f;
    });

    public VerifierBandTests()
    {
        _fixture.SameMeaning(Question, Close);
        _fixture.NearMeaning(Near, Question, 0.4f);
        _fixture.NearMeaning(Far, Question, 1);
    }

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Above_IsServedWithoutAsking()
    {
        var verifier = Verifier(isAllowed: false);
        await _fixture.AskAsync(Question);

        Assert.True((await _fixture.AskAsync(Close)).IsHit);
        Assert.Empty(verifier.Matches);
    }

    [Fact]
    public async Task Within_TheVerifierDecides()
    {
        var verifier = Verifier(isAllowed: true);
        await _fixture.AskAsync(Question);

        var result = await _fixture.Cache.LookupAsync(Near, TestContext.Current.CancellationToken);

        Assert.Equal(SemanticCacheOutcome.SemanticHit, result.Outcome);
        Assert.InRange(result.Similarity!.Value, 0.86f, 0.96f);
        Assert.Single(verifier.Matches);

        // What was served below the threshold is asked about each time: it is no alias.
        await _fixture.Cache.LookupAsync(Near, TestContext.Current.CancellationToken);
        Assert.Equal(2, verifier.Matches.Count);
    }

    [Fact]
    public async Task Within_TheVerifierRefuses_IsAMiss()
    {
        Verifier(isAllowed: false);
        await _fixture.AskAsync(Question);

        Assert.Equal(SemanticCacheReason.Verifier, (await _fixture.AskAsync(Near)).Reason);
    }

    [Fact]
    public async Task Below_IsRefusedWithoutAsking()
    {
        var verifier = Verifier(isAllowed: true);
        await _fixture.AskAsync(Question);

        Assert.False((await _fixture.AskAsync(Far)).IsHit);
        Assert.Empty(verifier.Matches);
    }

    [Fact]
    public async Task NoVerifier_TheThresholdHolds()
    {
        await _fixture.AskAsync(Question);

        Assert.Equal(SemanticCacheReason.BelowThreshold, (await _fixture.AskAsync(Near)).Reason);
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(2.1f)]
    public void Band_OutOfRange_IsRefused(float below)
    {
        var options = new SemanticCacheOptions();
        options.VerifierBand.Below = below;
        using var store = new InMemoryVectorStore();

        Assert.Contains("Below", Assert.Throws<OptionsValidationException>(() => new SemanticCache(new TestEmbeddingGenerator(), store, options)).Message, StringComparison.Ordinal);
    }

    private TestVerifier Verifier(bool isAllowed)
    {
        var verifier = new TestVerifier((_, _) => new(isAllowed));
        _fixture.Verifiers.Add(verifier);
        return verifier;
    }
}
