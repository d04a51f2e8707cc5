using RagCaching.Semantic.Decisions.Budget;

namespace RagCaching.Tests.Semantic.Decisions.Budget;

[Trait("Category", "Kernel")]
public sealed class FittedModelTests
{
    private const double SixDigits = 5e-7;

    // The first weight of the seeded fit below.
    private const long FitBits = 4610042872214201915;

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

    [Fact]
    public void Fit_BudgetThatNoPrefixKeeps_ServesNothing() =>
        Assert.Equal(CutOff.Nothing, Fit(WorkedExample.Labelled, WorkedExample.Outcomes, WorkedExample.Window, 0.4).CutOff);

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

        Assert.Equal(CutOff.Nothing, Fit(rows, outcomes, rows, 0.05).CutOff);
        Assert.Equal(0.9, Fit(rows, outcomes, rows, 0.2).CutOff, 0.01);
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
        Assert.Equal(FitBits, BitConverter.DoubleToInt64Bits(first.Curve.Weights[1]));
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
        Assert.Throws<OperationCanceledException>(() => FittedModel.Fit(WorkedExample.Labelled, WorkedExample.Outcomes, WorkedExample.Window, WorkedExample.Window.Count, 0.5, new CancellationToken(true)));

    private static FittedModel Fit(FeatureRows labelled, bool[] outcomes, FeatureRows window, double maxErrorRate) =>
        FittedModel.Fit(labelled, outcomes, window, window.Count, maxErrorRate, TestContext.Current.CancellationToken);

    private static void Equal(double[] expected, ReadOnlySpan<double> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], SixDigits);
        }
    }
}
