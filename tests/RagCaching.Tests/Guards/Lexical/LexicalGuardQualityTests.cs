using System.Globalization;

namespace RagCaching.Tests.Guards.Lexical;

/// <summary>The share of wrong pairs stopped and of right pairs wrongly stopped, on labelled questions of others. All pairs, whatever their similarity.</summary>
[Trait("Category", "EvaluationData")]
public sealed class LexicalGuardQualityTests(ITestOutputHelper output)
{
    private static readonly string[] Datasets = ["paws-qqp", "checklist-qqp", "qqp-gptcache", "medical-question-pairs", "disfl-qa", "gptcache-mock"];

    private static readonly LexicalGuardVariant[] FromLenientToStrict = [LexicalGuardVariant.Lenient, LexicalGuardVariant.Balanced, LexicalGuardVariant.Strict];

    [Fact]
    public void Allows_WordOrder_StopsWrongPairsAndKeepsRightOnes()
    {
        var pairs = EvaluationData.Read("paws-qqp");

        Assert.InRange(StoppedShare(pairs, right: false), 0.91, 1);
        Assert.InRange(StoppedShare(pairs, right: true), 0, 0.25);
    }

    [Fact]
    public void Allows_RealDuplicates_KeepsNineOfTen() => Assert.InRange(StoppedShare(EvaluationData.Read("qqp-gptcache"), right: true), 0, 0.097);

    [Fact]
    public void Allows_MinimalPairs_StopsNegationsNumbersNamesAndTimes()
    {
        var tests = Tests(right: false, "who is not X", "not to {", "should not", "numbers", "first name", "last name", "!= before");

        Assert.NotEmpty(tests);
        Assert.All(tests, test => Assert.True(StoppedShare(test, right: false) >= 0.98, test.Key));
    }

    [Fact]
    public void Allows_HarmlessChanges_KeepsThem()
    {
        var tests = Tests(right: true, "symmetric", "passive", "typo", "contraction");

        Assert.NotEmpty(tests);
        Assert.All(tests, test => Assert.True(StoppedShare(test, right: true) <= 0.05, test.Key));
    }

    /// <summary>Also writes the whole table.</summary>
    [Fact]
    public void Allows_StricterVariant_NeverStopsFewerPairs()
    {
        foreach (var dataset in Datasets)
        {
            var pairs = EvaluationData.Read(dataset);
            var stopped = FromLenientToStrict.Select(variant => Stopped(pairs, variant)).ToArray();
            Assert.Equal(stopped.Order(), stopped);
            foreach (var variant in Enum.GetValues<LexicalGuardVariant>())
            {
                var guard = new LexicalGuard(new LexicalGuardOptions { Variant = variant });
                var shares = new[] { -1f, 0.8f, 0.9f }.SelectMany(floor => new[] { false, true }.Select(right =>
                    Percent(pairs.Where(pair => pair.Similarity >= floor), right, guard)));
                output.WriteLine($"| {dataset} | {variant} | {string.Join(" | ", shares)} |");
            }
        }

        foreach (var test in EvaluationData.Read("checklist-qqp").GroupBy(pair => $"{pair.Test} ({(pair.IsRight ? "right" : "wrong")})"))
        {
            output.WriteLine($"{Percent(test, test.First().IsRight, new LexicalGuard())} of {test.Count()}: {test.Key}");
        }
    }

    private static IGrouping<string, EvaluationPair>[] Tests(bool right, params string[] words) =>
    [
        .. EvaluationData.Read("checklist-qqp").Where(pair => pair.IsRight == right).GroupBy(pair => pair.Test)
            .Where(test => words.Any(word => test.Key.Contains(word, StringComparison.OrdinalIgnoreCase))),
    ];

    private static int Stopped(IEnumerable<EvaluationPair> pairs, LexicalGuardVariant variant)
    {
        var guard = new LexicalGuard(new LexicalGuardOptions { Variant = variant });
        return pairs.Count(pair => !guard.Allows(pair.Question, pair.Candidate));
    }

    private static double StoppedShare(IEnumerable<EvaluationPair> pairs, bool right) => StoppedShare(pairs, right, new LexicalGuard());

    private static double StoppedShare(IEnumerable<EvaluationPair> pairs, bool right, LexicalGuard guard) =>
        pairs.Where(pair => pair.IsRight == right).Select(pair => guard.Allows(pair.Question, pair.Candidate) ? 0.0 : 1.0).DefaultIfEmpty(double.NaN).Average();

    private static string Percent(IEnumerable<EvaluationPair> pairs, bool right, LexicalGuard guard) =>
        (100 * StoppedShare(pairs, right, guard)).ToString("0.0", CultureInfo.InvariantCulture);
}
