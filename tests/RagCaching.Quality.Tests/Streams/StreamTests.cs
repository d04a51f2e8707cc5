using RagCaching.Quality.Baselines;
using RagCaching.Quality.Data;
using RagCaching.Quality.Streams;

namespace RagCaching.Quality.Tests.Streams;

public sealed class StreamTests
{
    private static readonly QuestionSet Questions = Clusters(clusters: 20, questions: 1_500);

    [Fact]
    public async Task CacheStream_ErrorBudget_ServesWithinItAndRepeats()
    {
        var order = Traffic.OnePass(Questions, seed: 1);

        var first = await BudgetAsync(order);
        var second = await BudgetAsync(order);

        Assert.Equal(first with { ServedBy = [] }, second with { ServedBy = [] });
        Assert.Equal(first.ServedBy, second.ServedBy);
        Assert.InRange(first.HitRate, 0.2, 0.9);
        Assert.InRange(first.ErrorRate, 0, 0.05);
        Assert.True(first.Audits > 0);
    }

    [Fact]
    public async Task CacheStream_Threshold_CountsWhatItServed()
    {
        var order = Traffic.OnePass(Questions, seed: 1);

        var all = await CacheStream.RunAsync(Questions, order, new SemanticCacheOptions { MinimumSimilarity = -1 }, useGuard: false, 1, TestContext.Current.CancellationToken);
        var none = await CacheStream.RunAsync(Questions, order, new SemanticCacheOptions { MinimumSimilarity = 1 }, useGuard: false, 1, TestContext.Current.CancellationToken);

        Assert.Equal((1_500, 1_499), (all.Requests, all.Served));
        Assert.InRange(all.ErrorRate, 0.9, 1);
        Assert.Equal(0, none.Served);
    }

    [Fact]
    public async Task CacheStream_Guard_CountsWhatItRefusesRightlyAndWrongly()
    {
        // Alike vectors all: the guard tells the numbers apart, and one pair of numbers has one answer.
        string[] texts = ["gate 1", "gate 2", "gate 3", "gate 4"];
        var questions = new QuestionSet("gates", texts, [[1, 0.01f], [1, 0.02f], [1, 0.03f], [1, 0.04f]], [1, 2, 3, 3], new bool[4]);

        var guarded = await CacheStream.RunAsync(questions, [0, 1, 2, 3], new SemanticCacheOptions(), useGuard: true, 1, TestContext.Current.CancellationToken);
        var late = await CacheStream.RunAsync(questions, [0, 1, 2, 3], new SemanticCacheOptions(), useGuard: true, 1, TestContext.Current.CancellationToken, countFrom: 3);
        var bare = await CacheStream.RunAsync(questions, [0, 1, 2, 3], new SemanticCacheOptions(), useGuard: false, 1, TestContext.Current.CancellationToken);

        Assert.Equal((0, 6L, 5L), (guarded.Served, guarded.Refused, guarded.RefusedWrong));
        Assert.Equal((3L, 2L), (late.Refused, late.RefusedWrong));
        Assert.Equal((3, 0L), (bare.Served, bare.Refused));
    }

    [Fact]
    public async Task VCacheStream_Budget_BoundsWrongOverAll()
    {
        var order = Traffic.Zipf(Questions, seed: 1, requests: 3_000);

        var result = await VCacheStream.RunAsync(Questions, order, 0.05, 1, TestContext.Current.CancellationToken);

        Assert.True(result.Served > 0);
        Assert.InRange((double)result.Wrong / result.Requests, 0, 0.05);
    }

    [Fact]
    public async Task CalibratedStream_EnoughToSee_ServesTheRest()
    {
        var order = Traffic.OnePass(Questions, seed: 1);

        var result = await CalibratedStream.RunAsync(Questions, order, 0.05, useGuard: false, 1, TestContext.Current.CancellationToken);

        Assert.Equal(1_500, result.Requests);
        Assert.InRange(result.Served, 1, 1_000);
    }

    [Fact]
    public void Zipf_Traffic_AsksForPopularAnswersOften()
    {
        var counts = Traffic.Zipf(Questions, seed: 1, requests: 5_000).GroupBy(row => Questions.Answers[row]).Select(group => group.Count()).OrderDescending().ToArray();

        Assert.InRange(counts[0] / (double)counts[1], 1.5, 2.6);
    }

    [Fact]
    public void Part_OfATenth_AsksOnlyAboutThoseAnswersAndAboutOthersInAnotherOrder()
    {
        var order = Traffic.OnePass(Questions, seed: 1);
        var answers = Questions.Answers.Distinct().Count();

        var (one, other) = (Traffic.Part(Questions, order, seed: 1, share: 0.1), Traffic.Part(Questions, order, seed: 2, share: 0.1));

        Assert.Equal(Math.Max(2, answers / 10), one.Select(row => Questions.Answers[row]).Distinct().Count());
        Assert.Equal(order.Where(one.Contains), one);
        Assert.NotEqual(one, other);
    }

    [Fact]
    public void EasyFirst_Order_AsksWhatHasARightNeighbourBeforeAllElse()
    {
        var questions = new QuestionSet("q", ["a", "b", "c", "d", "e"], [[1, 0], [0.9f, 0.1f], [0, 1], [0.1f, 0.9f], [0.05f, 1]], [0, 0, 1, 2, 1], [false, false, false, false, true]);

        var isEasy = Traffic.EasyOf(questions);

        Assert.Equal([true, true, true, false, true], isEasy);
        Assert.Equal([2, 1, 0, 4, 3], Traffic.EasyFirst(questions, [4, 3, 2, 1, 0], isEasy));
    }

    [Fact]
    public async Task CacheStream_EasyQuestionsFirst_APriorStaysWithinReachOfTheBudget()
    {
        // The clusters overlap: some questions are nearer to another cluster than to their own.
        var order = Traffic.EasyFirst(Questions, Traffic.OnePass(Questions, seed: 3), Traffic.EasyOf(Questions));

        var alone = await RunAsync(ErrorBudgetPrior.None);
        var prior = await RunAsync(ErrorBudgetPrior.For("all-minilm")!);

        Assert.True(prior.Served > alone.Served);
        Assert.InRange(prior.ErrorRate, 0, Math.Max(2 * 0.05, alone.ErrorRate));

        Task<StreamResult> RunAsync(ErrorBudgetPrior budgetPrior) => CacheStream.RunAsync(
            Questions, order, new SemanticCacheOptions { ErrorBudget = new ErrorBudgetOptions { MaxErrorRate = 0.05 }.UsePrior(budgetPrior) }, useGuard: false, 1, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task TenantStream_TenantsBeforeHaveLearnt_TheLastOneInheritsUnlessItMayNot()
    {
        int[][] before = [.. Enumerable.Range(0, 5).Select(seed => Traffic.OnePass(Questions, seed, 600))];
        var order = Traffic.OnePass(Questions, seed: 9, most: 500);

        var (warm, hasInherited) = await RunAsync(mayInherit: true);
        var (cold, hasNot) = await RunAsync(mayInherit: false);

        Assert.Equal((true, false), (hasInherited, hasNot));
        Assert.InRange(warm.FirstHit!.Value, 1, 99);
        Assert.True(cold.FirstHit is null or > 100);
        Assert.InRange(warm.ErrorRate, 0, 0.05);

        Task<(StreamResult Result, bool HasInherited)> RunAsync(bool mayInherit) => TenantStream.RunAsync(
            Questions, before, Questions, order, new ErrorBudgetOptions { MaxErrorRate = 0.05, InheritFromOtherScopes = mayInherit }, useGuard: false, 1, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task SharedStream_InstancesWithOneJournal_LearnLikeOneInstance()
    {
        var order = Traffic.Zipf(Questions, seed: 2, requests: 500);

        var one = await RunAsync(instances: 1, isShared: false);
        var shared = await RunAsync(instances: 4, isShared: true);
        var alone = await RunAsync(instances: 4, isShared: false);

        // Every answer of one is there for all, so much the same texts are exact repeats.
        Assert.InRange(shared.Requests, one.Requests * 0.95, one.Requests * 1.05);
        Assert.InRange(shared.Served, one.Served * 0.7, one.Served * 1.3);
        Assert.InRange(alone.Served, 0, one.Served * 0.8);

        Task<StreamResult> RunAsync(int instances, bool isShared) => SharedStream.RunAsync(
            Questions, order, instances, isShared, new ErrorBudgetOptions { MaxErrorRate = 0.05 }.UsePrior(ErrorBudgetPrior.For("all-minilm")!), 1, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task RunAsync_Threshold_CountsCallsAndTheFirstHit()
    {
        var order = Traffic.Zipf(Questions, seed: 1, requests: 600);

        var result = await CacheStream.RunAsync(Questions, order, new SemanticCacheOptions { MinimumSimilarity = 0.5f }, useGuard: false, 1, TestContext.Current.CancellationToken);

        Assert.Equal(600, result.Asked);
        Assert.InRange(result.FirstHit!.Value, 2, 60);
        Assert.Equal((double)(result.Requests - result.Served) / 600, result.CallRate);
        Assert.Equal(result.Requests / StreamResult.Step, result.ServedBy.Count);
    }

    private static Task<StreamResult> BudgetAsync(int[] order) => CacheStream.RunAsync(
        Questions, order, new SemanticCacheOptions { ErrorBudget = new ErrorBudgetOptions { MaxErrorRate = 0.05 } }, useGuard: false, 1, TestContext.Current.CancellationToken);

    private static QuestionSet Clusters(int clusters, int questions)
    {
        const int Dimensions = 16;
        var random = new Random(1);
        var centres = Enumerable.Range(0, clusters).Select(_ => Vector(random)).ToArray();
        int[] answers = [.. Enumerable.Range(0, questions).Select(_ => random.Next(clusters))];
        float[][] vectors = [.. answers.Select(answer => centres[answer].Zip(Vector(random), (centre, noise) => centre + (noise * (0.3f + (0.7f * random.NextSingle())))).ToArray())];
        string[] texts = [.. answers.Select((answer, row) => $"question {row} about topic{answer}")];
        return new QuestionSet("clusters", texts, vectors, answers, new bool[questions]);

        static float[] Vector(Random random) => [.. Enumerable.Range(0, Dimensions).Select(_ => (random.NextSingle() * 2) - 1)];
    }
}
