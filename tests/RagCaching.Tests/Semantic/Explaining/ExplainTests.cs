using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using RagCaching.Diagnostics;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.Explaining;

/// <summary>What an explanation says, step by step.</summary>
public sealed class ExplainTests : IDisposable
{
    private const string Question = "What does 10 GB cost?";
    private const string Other = "What does 20 GB cost?";

    private readonly CacheFixture _fixture = new(options => options.MinimumSimilarity = 0.9f);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Explain_GuardRefuses_NamesRuleAndMargin()
    {
        _fixture.Guards.Clear();
        _fixture.Guards.Add(new LexicalGuard());
        _fixture.SameMeaning(Question, Other);
        await _fixture.AskAsync(new SemanticCacheQuery(Question) { TimeToLive = TimeSpan.FromHours(1), Tags = ["prices"] });

        var explained = await _fixture.Cache.ExplainAsync(Other, Token);

        var candidate = Assert.Single(explained.Candidates);
        Assert.Equal((SemanticCacheOutcome.Miss, SemanticCacheReason.Guard), (explained.Outcome, explained.Reason));
        Assert.Equal((Question, SemanticCacheReason.Guard, "lexical", "Number"), (candidate.Question, candidate.Reason, candidate.Guard, candidate.GuardRule));
        Assert.Equal(0.9f, candidate.MinimumSimilarity);
        Assert.Equal(candidate.Similarity - 0.9f, candidate.Margin);
        Assert.Equal(_fixture.Time.GetUtcNow() + TimeSpan.FromHours(1), candidate.ExpiresAt);
        Assert.True(candidate.Labels.Count >= 2);
        Assert.Equal(["request", "scope", "exact", "embedding", "search", "candidate", "storing", "outcome"], explained.Steps.Select(step => step.Name));
        Assert.Contains("(lexical: Number)", explained.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("an answer", explained.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetOrCreate_GuardRefuses_TheResultAndTheMetricNameTheRule()
    {
        using var refusals = _fixture.Counter(TelemetryNames.Instruments.GuardRefusals);
        _fixture.Guards.Clear();
        _fixture.Guards.Add(new LexicalGuard());
        _fixture.SameMeaning(Question, Other);
        await _fixture.AskAsync(Question);

        var result = await _fixture.AskAsync(Other);

        Assert.Equal((SemanticCacheReason.Guard, null), (result.Reason, result.MatchedQuestion));
        Assert.Equal((Question, "lexical", "Number"), (result.NearMiss!.Question, result.NearMiss.Guard, result.NearMiss.GuardRule));
        Assert.Equal(result.Similarity, result.NearMiss.Similarity);
        Assert.Contains(refusals.GetMeasurementSnapshot(), measured => Equals(measured.Tags[TelemetryNames.Tags.GuardRule], "Number") && Equals(measured.Tags[TelemetryNames.Tags.GuardName], "lexical"));
        var hit = await _fixture.AskAsync(Question);
        Assert.Equal((Question, null), (hit.MatchedQuestion, hit.NearMiss));
    }

    [Fact]
    public async Task Explain_GuardThrows_RefusesAndCountsNothing()
    {
        using var failures = _fixture.Counter(TelemetryNames.Instruments.Failures);
        await _fixture.AskAsync(Question);
        _fixture.SameMeaning(Question, Other);
        _fixture.Guards.Add(new TestGuard((_, _) => throw new InvalidOperationException("The guard fails.")));

        var explained = await _fixture.Cache.ExplainAsync(Other, Token);

        Assert.Equal((SemanticCacheReason.Guard, "failed", "failed"), (explained.Reason, explained.Candidates[0].Guard, explained.Candidates[0].GuardRule));
        Assert.Empty(failures.GetMeasurementSnapshot());
    }

    [Fact]
    public async Task Explain_VerifierAndModerator_SaysThatTheyWouldBeAskedAndAsksNobody()
    {
        var verifier = new TestVerifier((_, _) => ValueTask.FromResult(false));
        _fixture.Verifiers.Add(verifier);
        _fixture.SameMeaning(Question, Other);
        await _fixture.AskAsync(Question);

        var explained = await _fixture.Cache.ExplainAsync(
            new SemanticCacheQuery(Other) { Moderator = (_, _) => throw new InvalidOperationException("Is not asked.") }, Token);

        Assert.Equal((SemanticCacheOutcome.SemanticHit, true, true), (explained.Outcome, explained.AsksVerifiers, explained.AsksModerators));
        Assert.Empty(verifier.Matches);
    }

    [Fact]
    public async Task Explain_SourceHasChanged_LeavesTheAnswer()
    {
        await _fixture.Cache.GetOrCreateAsync(
            Question,
            (context, _) =>
            {
                context.SourceVersions["prices"] = "1";
                return Task.FromResult(CacheFixture.Answer("Ten."));
            },
            Token);

        var changed = await _fixture.Cache.ExplainAsync(new SemanticCacheQuery(Question) { CurrentSourceVersion = (_, _) => ValueTask.FromResult<string?>("2") }, Token);
        var same = await _fixture.Cache.ExplainAsync(new SemanticCacheQuery(Question) { CurrentSourceVersion = (_, _) => ValueTask.FromResult<string?>("1") }, Token);

        Assert.Equal(SemanticCacheReason.SourceChanged, changed.Reason);
        Assert.Equal((SemanticCacheOutcome.ExactHit, "1"), (same.Outcome, same.SourceVersions["prices"]));
    }

    [Fact]
    public async Task Explain_SameQuestionIsBeingAnswered_SaysThatItWouldBeJoined()
    {
        var answer = new TaskCompletionSource<ChatResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        var asking = _fixture.Cache.GetOrCreateAsync(Question, (_, _) => answer.Task, Token).AsTask();
        _fixture.SameMeaning(Question, "What is the price of 10 GB?");

        var same = await _fixture.Cache.ExplainAsync(Question, Token);
        var near = await _fixture.Cache.ExplainAsync("What is the price of 10 GB?", Token);
        var readOnly = await _fixture.Cache.ExplainAsync(new SemanticCacheQuery(Question) { Mode = SemanticCacheMode.ReadOnly }, Token);

        Assert.Equal((SemanticCacheOutcome.Joined, SemanticCacheReason.None, null), (same.Outcome, same.Reason, same.MatchedQuestion));
        Assert.Equal((SemanticCacheOutcome.Joined, Question), (near.Outcome, near.MatchedQuestion));
        Assert.Equal(SemanticCacheOutcome.Miss, readOnly.Outcome);
        answer.SetResult(CacheFixture.Answer("Ten."));
        Assert.Equal(SemanticCacheOutcome.Miss, (await asking).Outcome);
    }

    [Fact]
    public async Task Explain_StoreOrGeneratorIsLeftAlone_SaysSo()
    {
        _fixture.Generator.GenerateCallback = (_, _, _) => throw new InvalidOperationException("The provider is down.");
        for (var i = 0; i < 10; i++)
        {
            await _fixture.AskAsync($"question {i}");
        }

        var withoutVector = await _fixture.Cache.ExplainAsync("another", Token);
        _fixture.Store.Before = (_, _) => throw new InvalidOperationException("The store is down.");
        for (var i = 0; i < 10; i++)
        {
            await _fixture.AskAsync($"question {i}");
        }

        var withoutStore = await _fixture.Cache.ExplainAsync("another", Token);

        Assert.Equal(SemanticCacheReason.Unavailable, withoutVector.Reason);
        Assert.Contains(withoutVector.Steps, step => step.Name == "embedding");
        Assert.Equal(SemanticCacheReason.Unavailable, withoutStore.Reason);
        Assert.Contains(withoutStore.Steps, step => step.Name == "store");
    }

    [Fact]
    public async Task Explain_NoScopeKnown_ThrowsAsTheLookupDoes()
    {
        using var fixture = new CacheFixture(options => options.ShareAcrossCallers = false);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await fixture.Cache.ExplainAsync(Question, Token));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await fixture.Cache.ExplainAsync(null!, Token));
    }

    [Fact]
    public async Task NullCache_Explain_IsABypass()
    {
        var explained = await NullSemanticCache.Instance.ExplainAsync(Question, Token);

        Assert.Equal((SemanticCacheOutcome.Bypass, SemanticCacheReason.Disabled), (explained.Outcome, explained.Reason));
    }

    [Fact]
    public async Task AddRagCaching_RegistersTheExplainerOfEachCache()
    {
        var services = new ServiceCollection();
        services.AddEmbeddingGenerator(new TestEmbeddingGenerator());
        services.AddRagCaching();
        services.AddKeyedRagCaching("faq");
        await using var provider = services.BuildServiceProvider();

        Assert.Same(provider.GetRequiredService<ISemanticCache>(), provider.GetRequiredService<ISemanticCacheExplainer>());
        Assert.Same(provider.GetRequiredKeyedService<ISemanticCache>("faq"), provider.GetRequiredKeyedService<ISemanticCacheExplainer>("faq"));
    }
}
