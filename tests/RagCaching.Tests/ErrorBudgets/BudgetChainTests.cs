using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.ErrorBudgets;

/// <summary>The stages around an error budget: guards before it, verifiers behind it.</summary>
public sealed class BudgetChainTests : IDisposable
{
    private readonly BudgetFixture _budget = new();

    public void Dispose() => _budget.Dispose();

    [Fact]
    public async Task GetOrCreate_GuardRefusesEveryCandidate_IsNoDecisionOfTheBudget()
    {
        _budget.Fixture.Guards.Add(new TestGuard((_, _) => false));
        await _budget.AskAsync(noise: 0.05f);

        var reasons = new List<SemanticCacheReason>();
        for (var i = 0; i < 40; i++)
        {
            reasons.Add((await _budget.AskAsync(noise: 0.05f)).Result.Reason);
        }

        Assert.Contains(SemanticCacheReason.Guard, reasons);
        Assert.DoesNotContain(SemanticCacheReason.Policy, reasons);
        Assert.Equal(0, _budget.Statistics.Labels);
    }

    [Fact]
    public async Task GetOrCreate_GuardRefusesTheNearest_TheNextIsDecidedAbout()
    {
        var refused = "";
        _budget.Fixture.Guards.Add(new TestGuard((_, candidate) => candidate != refused));
        await _budget.LearnAsync();
        refused = (await ServedAsync()).MatchedQuestion!;

        Assert.NotEqual(refused, (await ServedAsync()).MatchedQuestion);
    }

    [Fact]
    public async Task GetOrCreate_VerifierRefuses_ServesNothingAndGoesOnLearning()
    {
        var verifier = new TestVerifier((_, _) => new(false));
        _budget.Fixture.Verifiers.Add(verifier);
        await _budget.LearnAsync();
        var labels = _budget.Statistics.Labels;

        SemanticCacheReason reason;
        do
        {
            var (result, right) = await _budget.AskAsync(noise: 0.05f);
            Assert.Equal((SemanticCacheOutcome.Miss, right), (result.Outcome, result.Response!.Text));
            reason = result.Reason;
        }
        while (reason != SemanticCacheReason.Verifier);

        Assert.NotEmpty(verifier.Matches);
        Assert.True(_budget.Statistics.Labels > labels);
        Assert.Equal((0, 0), (_budget.Statistics.Served, _budget.Statistics.Audits));
    }

    [Fact]
    public async Task GetOrCreate_VerifierThrows_ServesNothing()
    {
        _budget.Fixture.Verifiers.Add(new TestVerifier((_, _) => throw new InvalidCastException("broken")));
        await _budget.LearnAsync();

        for (var i = 0; i < 50; i++)
        {
            Assert.NotEqual(SemanticCacheOutcome.SemanticHit, (await _budget.AskAsync(noise: 0.05f)).Result.Outcome);
        }
    }

    private async Task<SemanticCacheResult> ServedAsync()
    {
        SemanticCacheResult result;
        do
        {
            result = await _budget.Cache.GetOrCreateAsync(_budget.NewQuestion(), _ => Task.FromResult(CacheFixture.Answer("answer 0")), TestContext.Current.CancellationToken);
            await _budget.Cache.FlushAsync(TestContext.Current.CancellationToken);
        }
        while (!result.IsHit);
        return result;
    }
}
