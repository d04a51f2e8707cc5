using RagCaching.ErrorBudgets;
using RagCaching.ErrorBudgets.Gates;
using RagCaching.ErrorBudgets.Model;

namespace RagCaching.Tests.ErrorBudgets;

public sealed class ErrorBudgetPriorTests
{
    [Theory]
    [InlineData("all-MiniLM-L6-v2", true)]
    [InlineData("sentence-transformers/all-MiniLM-L6-v2", true)]
    [InlineData("all-minilm:latest", true)]
    [InlineData("text-embedding-3-small", false)]
    [InlineData(null, false)]
    public void For_Model_HasAPriorWhereItWasMeasured(string? model, bool has) => Assert.Equal(has, ErrorBudgetPrior.For(model) is not null);

    [Fact]
    public void For_MiniLM_NamesWhatItWasMadeOf()
    {
        var prior = ErrorBudgetPrior.For("all-MiniLM-L6-v2")!;

        Assert.Equal("all-MiniLM-L6-v2", prior.Model);
        Assert.Contains("clinc150", prior.Source, StringComparison.Ordinal);
        Assert.Contains("banking77", prior.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var text = Text(ErrorBudgetPrior.For("all-minilm")!);

        Assert.Equal(text, Text(ErrorBudgetPrior.Read(new StringReader(text))));
    }

    [Theory]
    [InlineData("ragcaching-prior: 1", "ragcaching-prior: 2", "version 2")]
    [InlineData("ragcaching-prior: 1", "something else", "Line 1 of a prior must begin with 'ragcaching-prior: '")]
    [InlineData("features: similarity ", "features: ", "Line 4")]
    [InlineData("scale-means: ", "scale-means: 1 ", "Line 5: scale-means must have 12 numbers, but has 13")]
    [InlineData("scale-means: ", "scale-means: NaN ", "'NaN' is no finite number")]
    [InlineData("scale-deviations: ", "scale-deviations: -", "Line 6: a deviation must be at least 0.001")]
    [InlineData("means: ", "means: x", "is no finite number")]
    public void Read_BadFile_NamesTheLineAndTheFault(string good, string bad, string said)
    {
        var text = Text(ErrorBudgetPrior.For("all-minilm")!);
        var at = text.IndexOf(good, StringComparison.Ordinal);

        var exception = Assert.Throws<FormatException>(() => ErrorBudgetPrior.Read(new StringReader(text[..at] + bad + text[(at + good.Length)..])));

        Assert.Contains(said, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EndsTooSoon_SaysSo()
    {
        var text = Text(ErrorBudgetPrior.For("all-minilm")!);

        Assert.Contains("the file ends before it", Assert.Throws<FormatException>(() => ErrorBudgetPrior.Read(new StringReader(text[..(text.LastIndexOf("covariance", StringComparison.Ordinal) - 1)]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_PriorThatCannotBe_IsRefused()
    {
        var lines = Text(ErrorBudgetPrior.For("all-minilm")!).Split('\n');
        var row = Array.FindIndex(lines, line => line.StartsWith("covariance: ", StringComparison.Ordinal));
        lines[row] = $"covariance: {string.Join(' ', Enumerable.Repeat("-1", 13))}";

        Assert.Throws<FormatException>(() => FitPlan.From(ErrorBudgetPrior.Read(new StringReader(string.Join('\n', lines)))));
    }

    [Fact]
    public void Fit_WithoutLabels_IsThePrior()
    {
        var plan = FitPlan.From(ErrorBudgetPrior.For("all-minilm"));
        var window = new FeatureRows([.. Enumerable.Repeat((double[])[0.9, 3, 1, 0.5, 0.7, 0.3, 0.5, 0.6, 0.1, 0.8, 0.4, 0.2], 30).SelectMany(row => row)], MatchFeatures.Count);

        var model = FittedModel.Fit(new FeatureRows([], MatchFeatures.Count), [], window, 30, 0.02, plan, TestContext.Current.CancellationToken);

        Assert.Equal(plan.Prior!.Means.ToArray(), model.Curve.Weights.ToArray());
        Assert.Equal(plan.Prior.Standardizer.Means.ToArray(), model.Standardizer.Means.ToArray());
    }

    [Fact]
    public void Fit_ManyLabels_ForgetsThePrior()
    {
        var plan = FitPlan.From(ErrorBudgetPrior.For("all-minilm"));
        var random = new Random(1);
        double[][] rows = [.. Enumerable.Range(0, 3_000).Select(_ => (double[])[random.NextDouble(), random.Next(5), random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble(), 0, random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble()])];
        bool[] outcomes = [.. rows.Select(row => random.NextDouble() < row[0])];
        var features = new FeatureRows([.. rows.SelectMany(row => row)], MatchFeatures.Count);

        var model = FittedModel.Fit(features, outcomes, features, rows.Length, 0.02, plan, TestContext.Current.CancellationToken);

        Assert.InRange(model.Probability([0.9, 2, 0.5, 0.5, 0.5, 0.5, 0, 0.5, 0.5, 0.5, 0.5, 0.5]), 0.8, 0.97);
        Assert.InRange(model.Probability([0.1, 2, 0.5, 0.5, 0.5, 0.5, 0, 0.5, 0.5, 0.5, 0.5, 0.5]), 0.03, 0.2);
    }

    [Theory]
    [InlineData(0.005, 1, 0.003375)]
    [InlineData(0.01, 1, 0.0095)]
    [InlineData(0.02, 1, 0.03)]
    [InlineData(0.02, 0.3, 0.03)]
    [InlineData(0.02, 0.15, 0.025)]
    [InlineData(0.02, 0, 0.02)]
    [InlineData(0.05, 1, 0.06)]
    public void LargestError_RuleOfAPrior_UsesItsReserveWhereTheBudgetAndTheShareAreLargeEnough(double maxErrorRate, double share, double largest)
    {
        Assert.Equal(largest, CutOffRule.Informed.LargestError(maxErrorRate, labels: 0, share), 1e-12);
        Assert.Equal(0.9 * maxErrorRate, CutOffRule.Cautious.LargestError(maxErrorRate, labels: 10_000, share: 0), 1e-12);
    }

    // The aim of the row before, times what silence leaves of it.
    [Theory]
    [InlineData(0.02, 250, 0, 0.02)]
    [InlineData(0.02, 295, 0, 0.008)]
    [InlineData(0.02, 295, 0.08, 0.0226666666667 * 0.7)]
    [InlineData(0.02, 325, 0, 0)]
    [InlineData(0.02, 10_000, 0.04, 0.0213333333333 * 0.25)]
    [InlineData(0.02, 10_000, 0.16, 0.0253333333333)]
    [InlineData(0.02, 10_000, 1, 0.03)]
    [InlineData(0.05, 130, 0.2, 0.0566666666667 * 0.5)]
    [InlineData(0.5, 10, 0, 0.5)]
    [InlineData(0.5, 130, 0.2, 0.506666666667 * 0.5)]
    public void LargestError_ManyLabelsAndASmallShare_LeavesLessToAimAt(double maxErrorRate, int labels, double share, double largest) =>
        Assert.Equal(largest, CutOffRule.Informed.LargestError(maxErrorRate, labels, share), 1e-9);

    // What is served is wrong once in 149 times by the curve; labels that are wrong once in 56 are near it, those that are wrong once in 21 are not.
    [Theory]
    [InlineData(4, false)]
    [InlineData(3, true)]
    public void Choose_LabelsBelowTheCutOff_RepairTheCurveWhereTheyAreNear(double strength, bool serves)
    {
        bool[] outcomes = new bool[40];

        Assert.Equal(serves, double.IsFinite(ChooseOf(strength, outcomes, CutOffRule.Informed).Probability));
        Assert.True(double.IsFinite(ChooseOf(strength, outcomes, CutOffRule.Cautious with { Confidence = 1 }).Probability));
    }

    // 120 wrong among 720: old ones count a quarter, (3 + 26) / (3 + 6) = 3.1, and new ones nearly all, (3 + 105) / (3 + 4) = 15.
    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void Choose_OldLabels_CountLessThanNewOnes(bool wrongAreOld, bool serves)
    {
        bool[] outcomes = [.. Enumerable.Range(0, 720).Select(i => wrongAreOld ? i >= 120 : i < 600)];

        Assert.Equal(serves, double.IsFinite(ChooseOf(4, outcomes, CutOffRule.Informed).Probability));
    }

    [Fact]
    public void Choose_WorstAnswerTooRiskyAsLabelsMendIt_IsNotServed()
    {
        // Nine in ten are all but certain; the tenth is wrong with 0.076 by the curve, which is less than four budgets, until labels show twice as many.
        var curve = new LogisticCurve([0, 1], [1e-9, 0, 0, 1e-9]);
        var window = new FeatureRows([.. Enumerable.Range(0, 100).SelectMany(i => (double[])[1, i % 10 == 0 ? 2.5 : 9])], 2);
        var labelled = new FeatureRows([.. Enumerable.Range(0, 100).SelectMany(_ => (double[])[1, 2.5])], 2);

        var asExpected = CutOff.Choose(curve, window, labelled, [.. Enumerable.Range(0, 100).Select(i => i % 14 != 0)], 0.02, 100, CutOffRule.Informed);
        var worse = CutOff.Choose(curve, window, labelled, [.. Enumerable.Range(0, 100).Select(i => i % 7 != 0)], 0.02, 100, CutOffRule.Informed);

        Assert.InRange(asExpected.Probability, 0.92, 0.93);
        Assert.True(worse.Probability > 0.99);
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(1_000, false)]
    public void Choose_FewGoodRequestsAmongMany_ServesThemOnlyWhileThereAreFewLabels(int labels, bool serves)
    {
        // One request in fifty is right all but certainly; the others are hopeless.
        var curve = new LogisticCurve([0, 1], [1e-6, 0, 0, 1e-6]);
        var rows = new FeatureRows([.. Enumerable.Range(0, labels).SelectMany(i => (double[])[1, i % 50 == 0 ? 5 : -3])], 2);
        bool[] outcomes = [.. Enumerable.Range(0, labels).Select(i => i % 50 == 0)];

        var cutOff = CutOff.Choose(curve, rows, rows, outcomes, 0.02, labels, CutOffRule.Informed);

        Assert.Equal(serves, double.IsFinite(cutOff.Probability));
    }

    [Fact]
    public void Fit_LargeBudget_ServesNothingThatIsWrongOnceInFourTimes()
    {
        var plan = FitPlan.From(ErrorBudgetPrior.For("all-minilm"));
        var random = new Random(1);
        double[][] rows = [.. Enumerable.Range(0, 2_000).Select(_ => (double[])[random.NextDouble(), 2, 0.5, 0.5, 0.5, 0.5, 0, 0.5, 0.5, 0.5, 0.5, 0.5])];
        bool[] outcomes = [.. rows.Select(row => random.NextDouble() < row[0])];
        var features = new FeatureRows([.. rows.SelectMany(row => row)], MatchFeatures.Count);

        // All of them together would be within it.
        var model = FittedModel.Fit(features, outcomes, features, rows.Length, 0.5, plan, TestContext.Current.CancellationToken);

        Assert.InRange(model.CutOff, 0.75, 0.76);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Scope_WithAPrior_StartsWithItsFirstFitUnlessProofIsAskedFor(bool isStrict, bool starts)
    {
        var rule = new StartRule(0.02, isStrict, startsOpen: true);
        Assert.Equal(starts, rule.IsOpen);

        rule.Close();
        Assert.False(rule.IsOpen);
    }

    [Theory]
    [InlineData("all-MiniLM-L6-v2", false, 25)]
    [InlineData("all-MiniLM-L6-v2", true, 100)]
    [InlineData("another-model", false, 100)]
    public void Scope_FirstFit_NeedsNoLabelsWhereThereIsAPrior(string model, bool none, int requests)
    {
        var prior = none ? ErrorBudgetPrior.None : ErrorBudgetPrior.For(model);
        var scope = new ScopeBudget(0.02, isStrict: false, FitPlan.From(prior));
        var fitted = 0;
        for (var i = 1; i <= requests && fitted == 0; i++)
        {
            var decision = scope.Decide("a question", [1, 0], [new Neighbour("a question", "n", (ulong)i, 0.9f, DateTimeOffset.UnixEpoch)], 0);
            scope.Learn(decision, isRight: i % 4 != 0, ExplorationKind.NotServed, DateTimeOffset.UnixEpoch);
            fitted = scope.TryBeginRefit() is null ? 0 : i;
        }

        Assert.Equal(requests, fitted);
    }

    private static CutOff ChooseOf(double strengthOfLabels, bool[] outcomes, CutOffRule rule)
    {
        var curve = new LogisticCurve([0, 1], [1e-9, 0, 0, 1e-9]);
        var window = new FeatureRows([.. Enumerable.Range(0, 100).SelectMany(_ => (double[])[1, 5])], 2);
        var labelled = new FeatureRows([.. outcomes.SelectMany(_ => (double[])[1, strengthOfLabels])], 2);
        return CutOff.Choose(curve, window, labelled, outcomes, 0.02, 100, rule);
    }

    private static string Text(ErrorBudgetPrior prior)
    {
        using var writer = new StringWriter();
        prior.Write(writer);
        return writer.ToString();
    }
}
