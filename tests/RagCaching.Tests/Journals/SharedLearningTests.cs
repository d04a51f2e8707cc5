using RagCaching.ErrorBudgets;
using RagCaching.ErrorBudgets.Model;
using RagCaching.ErrorBudgets.State;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Journals;

/// <summary>What the error budget of one instance learns, the others learn, too.</summary>
public sealed class SharedLearningTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly CacheFixture _fixture = new(options => options.ErrorBudget = new ErrorBudgetOptions { MaxErrorRate = 0.05 });
    private readonly JournalFixture _journal;

    public SharedLearningTests() => _journal = new JournalFixture(_fixture.Time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        await _journal.DisposeAsync();
        _fixture.Dispose();
    }

    private static LearningEvent[] Examples =>
    [
        new()
        {
            Kind = LearningEventKind.Answered, Group = 7, At = Now, IsRight = true, Features = new MatchFeatures(0.9f, 1, 0.5f, 0.25f, 0.5f, 0.1f, -1, 0.75f, 0, 0.5f, 0.25f, -0.125f),
            Exploration = 2, Probability = 0.875, WouldServe = true, Nonce = "AAAAAAAAAAAAAAAAAAAAAA", StoredAt = Now.AddHours(-1),
        },
        new() { Kind = LearningEventKind.Reported, Group = ulong.MaxValue, At = Now },
        new() { Kind = LearningEventKind.Joined, Group = 1, At = Now, Vector = [0.5f, 0.25f], FirstVector = [1, 0] },
    ];

    [Fact]
    public void Codec_EveryKind_ReadsWhatItWrote()
    {
        foreach (var example in Examples)
        {
            var read = LearningEventCodec.TryDecode(LearningEventCodec.Encode(example))!;

            Assert.Equal(example.Vector, read.Vector);
            Assert.Equal(example.FirstVector, read.FirstVector);
            Assert.Equal(example with { Vector = [], FirstVector = [] }, read with { Vector = [], FirstVector = [] });
        }
    }

    [Fact]
    public void Codec_AnythingElse_IsNothing()
    {
        foreach (var bytes in Examples.Select(LearningEventCodec.Encode))
        {
            for (var length = 0; length < bytes.Length; length++)
            {
                Assert.Null(LearningEventCodec.TryDecode(bytes.AsSpan(0, length)));
            }

            Assert.Null(LearningEventCodec.TryDecode([.. bytes, 0]));
            Assert.Null(LearningEventCodec.TryDecode([MatchFeatures.Version - 1, .. bytes.AsSpan(1)]));
            Assert.Null(LearningEventCodec.TryDecode([MatchFeatures.Version + 1, .. bytes.AsSpan(1)]));
        }
    }

    [Fact]
    public void LearnFromAnother_TheEventsOfOneBudget_MakeTheOtherTheSame()
    {
        var told = new List<LearningEvent>();
        var first = new ScopeBudget(0.05, isStrict: false, FitPlan.Cautious) { Learnt = told.Add };
        var second = new ScopeBudget(0.05, isStrict: false, FitPlan.Cautious);
        for (var i = 0; i < 200; i++)
        {
            var neighbour = new Neighbour($"question {i}", "AAAAAAAAAAAAAAAAAAAAAA", (ulong)(i % 5) + 1, 0.9f, Now);
            var decision = first.Decide($"question {i}", [1, 0], [neighbour], candidate: 0);
            first.LearnAndTell(decision, isRight: i % 4 != 0, i % 3 == 0 ? ExplorationKind.Audit : ExplorationKind.NotServed, Now);
            first.Report(neighbour.Group, i % 2 == 0 ? decision.Features : null, isRight: i % 7 != 0, Now);
            first.Join(neighbour.Group, [0, 1], [1, 0]);
        }

        foreach (var learnt in told)
        {
            second.LearnFromAnother(LearningEventCodec.TryDecode(LearningEventCodec.Encode(learnt))!);
        }

        var (expected, actual) = (first.Export(), second.Export());
        Assert.Equal(600, told.Count);
        Assert.Equal(expected.Labels, actual.Labels);
        Assert.Equal((expected.Audits, expected.WrongAudits, expected.Trips, expected.IsOpen), (actual.Audits, actual.WrongAudits, actual.Trips, actual.IsOpen));
        Assert.Equal(expected.Evidence, actual.Evidence);
        Assert.Equal(
            expected.Groups.OrderBy(group => group.Key).Select(group => (group.Key, group.Value.Right, group.Value.Wrong, group.Value.Count)),
            actual.Groups.OrderBy(group => group.Key).Select(group => (group.Key, group.Value.Right, group.Value.Wrong, group.Value.Count)));

        // Nobody asked it anything.
        Assert.Equal(0, actual.Requests);
    }

    [Fact]
    public async Task GetOrCreate_LabelsOfOneInstance_ReachTheOther()
    {
        var (firstStore, _) = await _journal.StartAsync();
        var (secondStore, _) = await _journal.StartAsync();
        var first = _fixture.NewCache(store: firstStore);
        var second = _fixture.NewCache(store: secondStore);
        await AskAsync(second, "another question");
        for (var i = 0; i < 20; i++)
        {
            _fixture.NearMeaning($"question {i}", "question", 0.1f);
            await AskAsync(first, $"question {i}");
        }

        var learnt = first.GetStatistics().ErrorBudget!.Labels;
        await _journal.FlushAsync(firstStore);
        await _journal.CaughtUpAsync(secondStore);

        Assert.True(learnt > 0);
        Assert.Equal(learnt, second.GetStatistics().ErrorBudget!.Labels);
        Assert.Equal(1, second.GetStatistics().ErrorBudget!.Requests);
    }

    private static Task<SemanticCacheResult> AskAsync(SemanticCache cache, string question) =>
        cache.GetOrCreateAsync(new SemanticCacheQuery(question), (_, _) => Task.FromResult(CacheFixture.Answer("the answer")), Token).AsTask();
}
