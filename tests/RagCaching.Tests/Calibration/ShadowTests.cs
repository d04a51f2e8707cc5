using System.Globalization;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Calibration;

public sealed class ShadowTests
{
    [Fact]
    public async Task Enabled_SwitchedWhileTheHostRuns_StopsAndStartsServingByMeaning()
    {
        using var fixture = new CacheFixture();
        fixture.SameMeaning("a", "b", "c");
        await fixture.AskAsync("a");
        Assert.Equal(SemanticCacheOutcome.SemanticHit, (await fixture.AskAsync("b")).Outcome);

        fixture.Options.Shadow.Enabled = true;
        var watched = await fixture.Cache.LookupAsync("b", TestContext.Current.CancellationToken);
        var asked = await fixture.AskAsync("c");
        fixture.Options.Shadow.Enabled = false;

        Assert.Equal((SemanticCacheOutcome.Miss, SemanticCacheReason.Shadow), (watched.Outcome, watched.Reason));
        Assert.Equal((SemanticCacheOutcome.Miss, SemanticCacheReason.Shadow), (asked.Outcome, asked.Reason));
        Assert.Single(fixture.ShadowLog.Read());
        Assert.Equal(SemanticCacheOutcome.SemanticHit, (await fixture.Cache.LookupAsync("b", TestContext.Current.CancellationToken)).Outcome);
    }

    [Fact]
    public async Task Enabled_SwitchedOff_ServesByWhatTheBudgetLearntMeanwhile()
    {
        using var budget = new ErrorBudgets.BudgetFixture(configureCache: options => options.Shadow.Enabled = true);
        await budget.LearnAsync();
        var labels = budget.Statistics.Labels;

        budget.Fixture.Options.Shadow.Enabled = false;
        var hits = 0;
        for (var i = 0; i < 50; i++)
        {
            hits += (await budget.Cache.LookupAsync(budget.NewQuestion(), TestContext.Current.CancellationToken)).IsHit ? 1 : 0;
        }

        Assert.InRange(hits, 10, 50);
        Assert.True(budget.Statistics.Labels >= labels);
    }

    [Fact]
    public async Task GetOrCreate_Shadow_DecidesAndServesNothingByMeaning()
    {
        using var fixture = NewFixture();
        await fixture.AskAsync("Is it safe?", "yes");

        var reworded = await fixture.AskAsync("Is this safe?", "yes");
        var repeated = await fixture.AskAsync("Is this safe?", "must not be called");

        Assert.Equal((SemanticCacheOutcome.Miss, SemanticCacheReason.Shadow), (reworded.Outcome, reworded.Reason));
        Assert.Equal(SemanticCacheOutcome.ExactHit, repeated.Outcome);
        var record = Assert.Single(fixture.ShadowLog.Read());
        Assert.Equal((SemanticCacheReason.Shadow, AnswerComparison.Same, null, null), (record.Verdict, record.Comparison, record.Question, record.Candidate));
    }

    [Fact]
    public async Task GetOrCreate_ShadowBelowTheThreshold_IsRecordedToo()
    {
        using var fixture = NewFixture();
        fixture.NearMeaning("Is it dangerous?", "Is it safe?", 1);
        await fixture.AskAsync("Is it safe?", "yes");

        await fixture.AskAsync("Is it dangerous?", "no");

        var record = Assert.Single(fixture.ShadowLog.Read());
        Assert.Equal((SemanticCacheReason.BelowThreshold, AnswerComparison.Different), (record.Verdict, record.Comparison));
        Assert.InRange(record.Similarity, 0.55f, 0.95f);
    }

    [Fact]
    public async Task GetOrCreate_SensitiveDataEnabled_KeepsTheQuestions()
    {
        using var fixture = NewFixture(options => options.Shadow.EnableSensitiveData = true);
        await fixture.AskAsync("Is it safe?", "yes");

        await fixture.AskAsync("Is this safe?", "yes");

        var record = Assert.Single(fixture.ShadowLog.Read());
        Assert.Equal(("Is this safe?", "Is it safe?"), (record.Question, record.Candidate));
    }

    [Fact]
    public async Task GetOrCreate_ComparerThrows_IsUnknown()
    {
        using var fixture = NewFixture();
        fixture.Comparer = new TestComparer { Compare = (_, _, _) => throw new InvalidCastException("broken") };
        await fixture.AskAsync("Is it safe?", "yes");

        var result = await fixture.AskAsync("Is this safe?", "fresh");

        Assert.Equal("fresh", result.Response!.Text);
        Assert.Equal(AnswerComparison.Unknown, Assert.Single(fixture.ShadowLog.Read()).Comparison);
    }

    [Fact]
    public async Task WriteCsv_Records_CanBeCalibrated()
    {
        using var fixture = NewFixture(options => options.Shadow.EnableSensitiveData = true);
        fixture.SameMeaning("Is it \"safe\", really?", "Is this safe?");
        await fixture.AskAsync("Is it \"safe\", really?", "yes");
        await fixture.AskAsync("Is this safe?", "no");

        var csv = new StringWriter(CultureInfo.InvariantCulture);
        fixture.ShadowLog.WriteCsv(csv);

        var similarity = fixture.ShadowLog.Read()[0].Similarity.ToString("R", CultureInfo.InvariantCulture);
        Assert.Equal($"question,candidate,label,similarity\n\"Is this safe?\",\"Is it \"\"safe\"\", really?\",0,{similarity}\n", csv.ToString());
    }

    [Fact]
    public void Calibrate_ShadowLog_TakesWhatTheThresholdDecides()
    {
        var log = new ShadowLog();
        for (var i = 0; i < 300; i++)
        {
            log.Add(Record(0.97f, SemanticCacheReason.Shadow, AnswerComparison.Same));
            log.Add(Record(0.80f, SemanticCacheReason.BelowThreshold, i % 2 == 0 ? AnswerComparison.Same : AnswerComparison.Different));
            log.Add(Record(0.99f, SemanticCacheReason.Guard, AnswerComparison.Different));
            log.Add(Record(0.98f, SemanticCacheReason.Shadow, AnswerComparison.Unknown));
        }

        var result = new ThresholdCalibrator(0.98).Calibrate(log);

        Assert.Equal(0.97f, result.Threshold);
        Assert.Equal(600, result.Curve[^1].Hits);
    }

    [Fact]
    public void Add_MoreThanFit_KeepsTheNewest()
    {
        var log = new ShadowLog();
        for (var i = 0; i < 10_001; i++)
        {
            log.Add(Record(i / 20_000f, SemanticCacheReason.Shadow, AnswerComparison.Same));
        }

        Assert.Equal(10_000, log.Read().Count);
        Assert.Equal(1 / 20_000f, log.Read()[0].Similarity);
        log.Clear();
        Assert.Empty(log.Read());
    }

    private static ShadowRecord Record(float similarity, SemanticCacheReason verdict, AnswerComparison comparison) =>
        new() { Similarity = similarity, Verdict = verdict, Comparison = comparison, At = DateTimeOffset.UnixEpoch };

    private static CacheFixture NewFixture(Action<SemanticCacheOptions>? configure = null)
    {
        var fixture = new CacheFixture(options =>
        {
            options.Shadow.Enabled = true;
            configure?.Invoke(options);
        });
        fixture.SameMeaning("Is it safe?", "Is this safe?");
        return fixture;
    }
}
