using RagCaching.Tests.ErrorBudgets;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.Explaining;

/// <summary>What is explained is what happens next, and explaining changes nothing.</summary>
public sealed class ExplainSameAsRealTests
{
    private static readonly string[] Topics = ["cache", "index", "queue", "shard", "lease"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 24)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Explain_RandomTraffic_SaysWhatHappensNext(int seed)
    {
        var random = new Random(seed);
        using var fixture = new CacheFixture(options =>
        {
            options.MinimumSimilarity = seed % 2 == 0 ? 0.9f : 0.7f;
            options.Shadow.NearMissMargin = seed % 3 == 0 ? 1 : 0.05f;
            options.Freshness.Phrases.Add("at this moment");
        });
        fixture.Guards.Add(new TestGuard((question, candidate) => (question.Length + candidate.Length) % 5 != 0));
        if (seed % 4 == 0)
        {
            fixture.Verifiers.Add(new TestVerifier((_, _) => ValueTask.FromResult(true)));
        }

        var version = "1";
        var seen = new HashSet<(SemanticCacheOutcome, SemanticCacheReason)>();
        string? lastEntry = null;
        for (var i = 0; i < 60; i++)
        {
            var topic = Topics[random.Next(Topics.Length)];
            var question = random.Next(12) == 0 ? $"{topic} at this moment" : $"{topic} {random.Next(6)}";
            fixture.NearMeaning(question, topic, random.Next(4) * 0.35f);
            var query = new SemanticCacheQuery(question)
            {
                Scope = random.Next(5) == 0 ? CacheScope.For("other") : null,
                Partition = random.Next(6) == 0 ? "other" : null,
                ExactOnly = random.Next(8) == 0,
                Mode = random.Next(10) switch { 0 => SemanticCacheMode.ReadOnly, 1 => SemanticCacheMode.Refresh, 2 => SemanticCacheMode.Bypass, _ => SemanticCacheMode.ReadWrite },
                MinimumSimilarity = random.Next(6) == 0 ? 0.97f : null,
                TimeToLive = random.Next(4) == 0 ? TimeSpan.FromMinutes(1) : null,
                CurrentSourceVersion = random.Next(3) == 0 ? (_, _) => ValueTask.FromResult<string?>(version) : null,
            };
            await ChangeAsync(fixture, random, question, lastEntry);
            fixture.Options.Shadow.Enabled = random.Next(9) == 0;
            version = random.Next(8) == 0 ? version + "1" : version;

            var (_, real) = await CompareAsync(fixture, query, version);

            lastEntry = real.EntryId ?? lastEntry;
            seen.Add((real.Outcome, real.Reason));
        }

        Assert.True(seen.Count >= 4, $"The traffic shows only {string.Join(", ", seen)}.");
    }

    [Fact]
    public async Task Explain_UnderAnErrorBudget_SaysWhatHappensNext()
    {
        using var budget = new BudgetFixture();
        await budget.LearnAsync();
        var outcomes = new Dictionary<SemanticCacheReason, int>();
        for (var i = 0; i < 80; i++)
        {
            var question = $"question x{i} about topic{i % 12}";
            budget.Fixture.NearMeaning(question, $"topic{i % 12}", i % 3 == 0 ? 1.1f : 0.4f);
            await budget.Cache.FlushAsync(Token);

            var (explained, real) = await CompareAsync(budget.Fixture, question, version: null, answer: $"answer {i % 12}");

            Assert.Equal(real.IsHit, explained.AuditRate is not null);
            outcomes[real.Reason] = outcomes.GetValueOrDefault(real.Reason) + 1;
        }

        Assert.True(outcomes.Count > 1 && outcomes.GetValueOrDefault(SemanticCacheReason.None) > 5, string.Join(", ", outcomes));
    }

    private static async Task ChangeAsync(CacheFixture fixture, Random random, string question, string? entry)
    {
        if (random.Next(6) == 0)
        {
            fixture.Time.Advance(TimeSpan.FromSeconds(random.Next(90)));
        }

        if (entry is not null && random.Next(8) == 0)
        {
            await fixture.Cache.ReportAsync(entry, question, correct: false, cancellationToken: Token);
        }
    }

    private static async Task<(SemanticCacheExplanation Explained, SemanticCacheResult Real)> CompareAsync(CacheFixture fixture, SemanticCacheQuery query, string? version, string answer = "an answer")
    {
        var before = Trace(fixture);
        var explained = await fixture.Cache.ExplainAsync(query, Token);
        Assert.Equal(before, Trace(fixture));

        var real = await fixture.Cache.GetOrCreateAsync(
            query,
            (context, _) =>
            {
                if (version is not null)
                {
                    context.SourceVersions["source"] = version;
                }

                return Task.FromResult(CacheFixture.Answer(answer));
            },
            Token);

        Assert.True(
            (real.Outcome, real.Reason, real.Similarity, real.MatchedQuestion) == (explained.Outcome, explained.Reason, explained.Similarity, explained.MatchedQuestion),
            $"Real: {real.Outcome} {real.Reason} {real.Similarity} '{real.MatchedQuestion}'. Explained: {explained.Outcome} {explained.Similarity} '{explained.MatchedQuestion}'\n{explained}");
        Assert.Equal(real.IsHit ? real.EntryId : null, explained.EntryId);
        Assert.Equal(real.IsHit, explained.ExpiresAt is not null);
        AssertSame(real.NearMiss, explained);
        return (explained, real);
    }

    // The nearest refused one is among what the explanation lists.
    private static void AssertSame(SemanticCacheCandidate? nearMiss, SemanticCacheExplanation explained)
    {
        if (nearMiss is not null)
        {
            Assert.Contains(explained.Candidates, candidate => candidate.ToString() == nearMiss.ToString() && candidate.EntryId == nearMiss.EntryId);
        }
    }

    private static string Trace(CacheFixture fixture)
    {
        var statistics = fixture.Cache.GetStatistics();
        var budget = statistics.ErrorBudget;
        return string.Join(
            '|',
            string.Join(',', statistics.Outcomes.OrderBy(pair => pair.Key)),
            string.Join(',', statistics.Reasons.OrderBy(pair => pair.Key)),
            statistics.Comparisons,
            budget is null ? "" : $"{budget.Requests}/{budget.Served}/{budget.Labels}/{budget.Audits}/{budget.IsServing}",
            fixture.ShadowLog.Read().Count,
            fixture.Store.Written.Count,
            fixture.Store.CountOf(nameof(IVectorStore.RemoveAsync)),
            fixture.Store.CountOf(nameof(IVectorStore.RemoveWhereAsync)),
            fixture.Store.CountOf(nameof(IVectorStore.SetMetadataAsync)),
            fixture.Logs.GetSnapshot().Count,
            fixture.Verifiers.OfType<TestVerifier>().Sum(verifier => verifier.Matches.Count));
    }
}
