using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.Matching;

public sealed class VerifierTests : IDisposable
{
    private readonly CacheFixture _fixture = new();

    public VerifierTests() => _fixture.SameMeaning("Is it safe?", "Is this safe?");

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task GetOrCreate_VerifierAgrees_ServesAndRemembers()
    {
        var verifier = Add((_, _) => new(true));
        await _fixture.AskAsync("Is it safe?", "yes");

        var first = await _fixture.AskAsync("Is this safe?");
        var second = await _fixture.AskAsync("Is this safe?");

        Assert.Equal((SemanticCacheOutcome.SemanticHit, SemanticCacheOutcome.SemanticHit), (first.Outcome, second.Outcome));
        var match = Assert.Single(verifier.Matches);
        Assert.Equal(("Is this safe?", "Is it safe?", "yes"), (match.Question, match.MatchedQuestion, match.Response.Text));
        Assert.InRange(match.Similarity, 0.95f, 1f);
    }

    [Fact]
    public async Task GetOrCreate_AnswerWasReplacedSinceItWasVerified_IsVerifiedAnew()
    {
        var verifier = Add((match, _) => new(match.Response.Text == "yes"));
        await _fixture.AskAsync("Is it safe?", "yes");
        await _fixture.AskAsync("Is this safe?");
        await _fixture.AskAsync(new SemanticCacheQuery("Is it safe?") { Mode = SemanticCacheMode.Refresh }, "only for adults");

        var result = await _fixture.AskAsync("Is this safe?", "fresh");

        Assert.Equal((SemanticCacheReason.Verifier, "fresh"), (result.Reason, result.Response!.Text));
        Assert.Equal(["yes", "only for adults"], verifier.Matches.Select(match => match.Response.Text));
    }

    [Fact]
    public async Task GetOrCreate_VerifierRefuses_MissesAndSaysSo()
    {
        Add((_, _) => new(false));
        await _fixture.AskAsync("Is it safe?", "yes");

        var result = await _fixture.AskAsync("Is this safe?", "fresh");

        Assert.Equal((SemanticCacheOutcome.Miss, SemanticCacheReason.Verifier, "fresh"), (result.Outcome, result.Reason, result.Response!.Text));
        Assert.NotNull(result.Similarity);
    }

    [Fact]
    public async Task GetOrCreate_VerifierRefusesTheNearest_TheNextIsTried()
    {
        Add((match, _) => new(match.MatchedQuestion != "Is it safe?"));
        _fixture.NearMeaning("second", "Is it safe?", 0.1f);
        await _fixture.AskAsync("second", "of the second");
        await _fixture.AskAsync(new SemanticCacheQuery("Is it safe?") { Mode = SemanticCacheMode.Refresh }, "of the first");

        var result = await _fixture.AskAsync("Is this safe?", "must not be called");

        Assert.Equal("of the second", result.Response!.Text);
    }

    [Fact]
    public async Task GetOrCreate_VerifierThrows_MissesAndCounts()
    {
        using var failures = _fixture.Counter("ragcaching.cache.failures");
        Add((_, _) => throw new InvalidCastException("broken"));
        await _fixture.AskAsync("Is it safe?", "yes");

        var result = await _fixture.AskAsync("Is this safe?", "fresh");

        Assert.Equal(SemanticCacheReason.Verifier, result.Reason);
        Assert.Contains(failures.GetMeasurementSnapshot(), measurement => measurement.Tags["ragcaching.operation"] is "verify");
    }

    [Fact]
    public async Task GetOrCreate_VerifierTakesTooLong_MissesAndTheStoreIsNotBlamed()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Add(async (_, token) =>
        {
            entered.SetResult();
            await new TaskCompletionSource().Task.WaitAsync(token);
            return true;
        });
        await _fixture.AskAsync("Is it safe?", "yes");

        var asking = _fixture.AskAsync("Is this safe?", "fresh");
        await entered.Task;
        _fixture.Time.Advance(_fixture.Options.Limits.VerifierTimeout);
        var result = await asking;

        Assert.Equal(SemanticCacheReason.Verifier, result.Reason);
        Assert.Equal(SemanticCacheOutcome.ExactHit, (await _fixture.AskAsync("Is it safe?")).Outcome);
    }

    [Fact]
    public async Task GetOrCreate_ExactRepeat_IsNotVerified()
    {
        var verifier = Add((_, _) => new(false));
        await _fixture.AskAsync("Is it safe?", "yes");

        var result = await _fixture.AskAsync("Is it safe?");

        Assert.Equal(SemanticCacheOutcome.ExactHit, result.Outcome);
        Assert.Empty(verifier.Matches);
    }

    private TestVerifier Add(Func<SemanticCacheMatch, CancellationToken, ValueTask<bool>> verify)
    {
        var verifier = new TestVerifier(verify);
        _fixture.Verifiers.Add(verifier);
        return verifier;
    }
}
