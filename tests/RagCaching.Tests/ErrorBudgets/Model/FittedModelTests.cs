using System.Runtime.InteropServices;
using System.Security.Cryptography;
using RagCaching.ErrorBudgets.Model;

namespace RagCaching.Tests.ErrorBudgets.Model;

[Trait("Category", "Kernel")]
public sealed class FittedModelTests
{
    private const double SixDigits = 5e-7;

    // Of every bit of the seeded fit below: weights, covariance, cut-off, and what it says about each of its labels.
    private const string FitDigest = "2FD0B499D9D01030";

    [Fact]
    public void Fit_WorkedExample_HasTheSpecifiedWeightsAndCovariance()
    {
        var model = Fit(WorkedExample.Labelled, WorkedExample.Outcomes, WorkedExample.Window, 0.5);

        Equal([.886875, 2.375], model.Standardizer.Means);
        Equal([.082441, 1.536026], model.Standardizer.Deviations);
        Equal([.546495, .705549, .471867], model.Curve.Weights);
        Equal([.469472, .091532, -.007337, .091532, .445029, -.216551, -.007337, -.216551, .456102], model.Curve.Covariance);
    }

    [Theory]
    [InlineData(1, .827149, .172851, .164054)]
    [InlineData(2, .819777, .176537, .163593)]
    [InlineData(3, .811604, .180490, .163298)]
    [InlineData(4, .802582, .184722, .163178)]
    [InlineData(10, .536033, .263065, .154575)]
    [InlineData(12, .514220, .299153, .149445)]
    public void Prefix_WorkedExample_HasTheSpecifiedErrors(int count, double last, double error, double standardError)
    {
        var model = Fit(WorkedExample.Labelled, WorkedExample.Outcomes, WorkedExample.Window, 0.5);
        var rows = model.Standardizer.Apply(WorkedExample.Window);
        var order = Enumerable.Range(0, rows.Count).OrderByDescending(row => model.Curve.Probability(rows[row])).Take(count).ToArray();

        var prefix = new Prefix(model.Curve);
        foreach (var row in order)
        {
            prefix.Add(rows[row], model.Curve.Probability(rows[row]));
        }

        Assert.Equal(last, model.Curve.Probability(rows[order[^1]]), SixDigits);
        Assert.Equal(error, prefix.Error, SixDigits);
        Assert.Equal(standardError, prefix.StandardError, SixDigits);
    }

    [Fact]
    public void Fit_WorkedExample_CutsOffAfterTheThirdOfTheWindow()
    {
        var model = Fit(WorkedExample.Labelled, WorkedExample.Outcomes, WorkedExample.Window, 0.5);

        Assert.Equal(.811604, model.CutOff, SixDigits);
        Assert.Equal(3, Enumerable.Range(0, WorkedExample.Window.Count).Count(row => model.Probability(WorkedExample.Window[row]) >= model.CutOff));
    }

    [Theory]
    [InlineData(.827149, .441899)]
    [InlineData(.819777, .444830)]
    [InlineData(.811604, .448299)]
    [InlineData(.802582, .452334)]
    [InlineData(.536033, .523330)]
    [InlineData(.514220, .553975)]
    public void Fit_WorkedExample_CutsOffWhereTheBoundReachesNineTenthsOfTheBudget(double last, double bound)
    {
        const double Aim = 0.9;

        var reached = Fit(WorkedExample.Labelled, WorkedExample.Outcomes, WorkedExample.Window, (bound + (2 * SixDigits)) / Aim);
        var missed = Fit(WorkedExample.Labelled, WorkedExample.Outcomes, WorkedExample.Window, (bound - (2 * SixDigits)) / Aim);

        Assert.Equal(last, reached.CutOff, SixDigits);
        Assert.True(missed.CutOff > last + SixDigits);
    }

    [Theory]
    [InlineData(4, 100, false)]
    [InlineData(5, 100, true)]
    [InlineData(5, 101, false)]
    [InlineData(5, 200, false)]
    [InlineData(10, 200, true)]
    public void Fit_FewGoodRequestsAmongMany_ServesFromATwentiethOn(int good, int requests, bool serves)
    {
        // Of what looks good all is right, of the rest two in five.
        var labelled = new FeatureRows([.. Enumerable.Range(0, 800).Select(i => i % 2 == 0 ? 1.0 : 0.0)], 1);
        bool[] outcomes = [.. Enumerable.Range(0, 800).Select(i => i % 2 == 0 || i % 5 < 2)];
        var window = new FeatureRows([.. Enumerable.Range(0, 100).Select(i => i < good ? 1.0 : 0.0)], 1);

        var model = FittedModel.Fit(labelled, outcomes, window, requests, 0.05, FitPlan.Cautious, TestContext.Current.CancellationToken);

        Assert.Equal(serves, model.CutOff < 1);
    }

    [Fact]
    public void LookBack_EveryLabel_IsDecidedAsByAFitWithoutIt()
    {
        var random = new Random(1);
        double[] features = [.. Enumerable.Range(0, 120).Select(_ => random.NextDouble())];
        bool[] outcomes = [.. features.Select(feature => random.NextDouble() < 1 / (1 + Math.Exp(-12 * (feature - 0.4))))];
        var rows = new FeatureRows(features, 1);
        var model = Fit(rows, outcomes, rows, 0.3);
        var design = model.Standardizer.Apply(rows);
        var (decisions, wrong) = (0, 0);
        for (var left = 0; left < outcomes.Length; left++)
        {
            var others = Enumerable.Range(0, outcomes.Length).Where(row => row != left).ToArray();
            var refitted = LogisticFit.Fit(new FeatureRows([.. others.SelectMany(row => design[row].ToArray())], 2), [.. others.Select(row => outcomes[row])], ModelPrior.Ridge(model.Standardizer), TestContext.Current.CancellationToken);
            var probability = refitted.Probability(design[left]);
            Assert.Equal(probability, model.Curve.ProbabilityWithout(design[left], outcomes[left]), 0.01);
            decisions += probability >= model.CutOff ? 1 : 0;
            wrong += probability >= model.CutOff && !outcomes[left] ? 1 : 0;
        }

        Assert.InRange(decisions, 20, 100);
        Assert.InRange(wrong, 1, decisions);
        Assert.Equal((decisions, wrong), model.LookBack(rows, outcomes));
    }

    [Fact]
    public void Fit_BudgetThatNoPrefixKeeps_ServesNothing() =>
        Assert.Equal(CutOff.Nothing.Probability, Fit(WorkedExample.Labelled, WorkedExample.Outcomes, WorkedExample.Window, 0.4).CutOff);

    [Fact]
    public void Fit_SeparableLabels_IsFiniteAndServesTheBest()
    {
        var rows = new FeatureRows([.. Enumerable.Range(0, 400).Select(i => i / 400.0)], 1);
        bool[] outcomes = [.. Enumerable.Range(0, 400).Select(i => i >= 200)];

        var model = Fit(rows, outcomes, rows, 0.05);

        Assert.True(double.IsFinite(model.Curve.Weights[1]));
        Assert.InRange(model.Probability([0.9]), 0.95, 1);
        Assert.InRange(model.CutOff, 0.5, 1);
    }

    [Fact]
    public void Fit_ConstantFeature_DoesNotMatter()
    {
        var rows = new FeatureRows([.. Enumerable.Range(0, 100).SelectMany(i => (double[])[i / 100.0, 7])], 2);
        bool[] outcomes = [.. Enumerable.Range(0, 100).Select(i => (i * 37 % 100) < i)];

        var model = Fit(rows, outcomes, rows, 0.05);

        Assert.Equal(0, model.Curve.Weights[2]);
    }

    [Fact]
    public void Fit_EqualCandidates_AreServedTogetherOrNotAtAll()
    {
        // Forty requests that look the same, of which nine in ten are right: no part of them is within the budget on its own.
        var rows = new FeatureRows([.. Enumerable.Repeat(0.9, 400)], 1);
        bool[] outcomes = [.. Enumerable.Range(0, 400).Select(i => i % 10 != 0)];

        Assert.Equal(CutOff.Nothing.Probability, Fit(rows, outcomes, rows, 0.05).CutOff);
        Assert.Equal(0.9, Fit(rows, outcomes, rows, 0.2).CutOff, 0.01);
    }

    [Theory]
    [InlineData(400, 10)]
    [InlineData(300, 8)]
    [InlineData(600, 11)]
    [InlineData(1_000, 12)]
    public void Fit_PartOfTheEqualCandidatesWouldFit_NoneOfThemIsServed(int equals, int oneWrongIn)
    {
        // The good ones leave room for some of the equal ones, and not for all.
        const int Good = 200;
        var rows = new FeatureRows([.. Enumerable.Repeat(1.0, Good), .. Enumerable.Repeat(0.0, equals)], 1);
        bool[] outcomes = [.. Enumerable.Range(0, Good).Select(i => i != 7), .. Enumerable.Range(0, equals).Select(i => i % oneWrongIn != 0)];

        var model = Fit(rows, outcomes, rows, 0.05);

        Assert.True(model.Probability([1]) >= model.CutOff);
        Assert.True(model.Probability([0]) < model.CutOff);
    }

    [Fact]
    public void Fit_SameLabelsAgain_HasTheSameBitsOnEveryRunAndInstructionSet()
    {
        var random = new Random(1);
        var features = new double[2_000 * 7];
        var outcomes = new bool[2_000];
        for (var row = 0; row < outcomes.Length; row++)
        {
            for (var i = 0; i < 7; i++)
            {
                features[(row * 7) + i] = random.NextDouble();
            }

            outcomes[row] = random.NextDouble() < features[row * 7];
        }

        var rows = new FeatureRows(features, 7);
        var first = Fit(rows, outcomes, rows, 0.05);
        var second = Fit(rows, outcomes, rows, 0.05);

        Assert.Equal(first.Curve.Weights.ToArray(), second.Curve.Weights.ToArray());
        Assert.Equal(first.Curve.Covariance.ToArray(), second.Curve.Covariance.ToArray());
        Assert.Equal(first.CutOff, second.CutOff);

        // The runs with fewer instructions have to find these bits again.
        double[] all = [.. first.Curve.Weights, .. first.Curve.Covariance, first.CutOff, .. Enumerable.Range(0, rows.Count).Select(row => first.Probability(rows[row]))];
        Assert.Equal(FitDigest, Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<double>(all)))[..16]);
    }

    [Fact]
    public void Exp_WholeRange_IsWithinTwoUnitsInTheLastPlace()
    {
        for (var x = -690.0; x < 690; x += 0.37)
        {
            Assert.Equal(1, Logistic.Exp(x) / Math.Exp(x), 5e-16);
        }
    }

    [Fact]
    public void Fit_Cancelled_Stops() =>
        Assert.Throws<OperationCanceledException>(() => FittedModel.Fit(WorkedExample.Labelled, WorkedExample.Outcomes, WorkedExample.Window, WorkedExample.Window.Count, 0.5, FitPlan.Cautious, new CancellationToken(true)));

    private static FittedModel Fit(FeatureRows labelled, bool[] outcomes, FeatureRows window, double maxErrorRate) =>
        FittedModel.Fit(labelled, outcomes, window, window.Count, maxErrorRate, FitPlan.Cautious, TestContext.Current.CancellationToken);

    private static void Equal(double[] expected, ReadOnlySpan<double> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], SixDigits);
        }
    }
}
