using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RagCaching.Architecture.Tests;

/// <summary>The failure matrix in <c>docs/reliability.md</c> stays true: it has all its rows, and each is held by tests that exist.</summary>
public sealed partial class FailureMatrixTests
{
    private const int RowCount = 43;

    private static readonly string[] TestAttributes = ["Fact", "Theory"];

    private static readonly (int Number, string Behaviour, string Tests)[] Rows =
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "docs/reliability.md"))
            .Select(line => Row.Match(line))
            .Where(row => row.Success)
            .Select(row => (int.Parse(row.Groups["number"].Value, CultureInfo.InvariantCulture), row.Groups["behaviour"].Value, row.Groups["tests"].Value)),
    ];

    private static readonly ILookup<string, ClassDeclarationSyntax> Classes =
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>())
            .ToLookup(type => type.Identifier.Text, StringComparer.Ordinal);

    // The checks that these classes run, one test case each.
    private static readonly Dictionary<string, string[]> Suites = new(StringComparer.Ordinal)
    {
        ["VectorStoreConformanceTests"] = [.. VectorStoreConformance.Checks.Select(check => NameWithoutVariant(check.Name))],
        ["VectorJournalConformanceTests"] = [.. VectorJournalConformance.Checks.Select(check => NameWithoutVariant(check.Name))],
    };

    [Fact]
    public void Rows_AreAllThereInTheirOrder()
    {
        Assert.Equal(Enumerable.Range(1, RowCount), Rows.Select(row => row.Number));
        Assert.DoesNotContain(Rows, row => string.IsNullOrWhiteSpace(row.Behaviour));
    }

    [Fact]
    public void EveryRow_NamesTestsAndNothingElse()
    {
        var wrong = Rows.Where(row => !TestList.IsMatch(row.Tests)).Select(row => $"{row.Number}: {row.Tests}");

        Assert.Empty(wrong);
    }

    [Fact]
    public void EveryTest_OfTheTable_Exists()
    {
        var missing = Rows.SelectMany(row => TestName.Matches(row.Tests).Where(test => !Exists(test.Groups["class"].Value, test.Groups["method"].Value)).Select(test => $"{row.Number}: {test.Value}"));

        Assert.Empty(missing);
    }

    [Theory]
    [InlineData(nameof(FailureMatrixTests), nameof(EveryTest_OfTheTable_Exists), true)]
    [InlineData(nameof(FailureMatrixTests), nameof(Exists), false)]
    [InlineData(nameof(FailureMatrixTests), "Nothing_OfThisName_IsThere", false)]
    [InlineData("RedisStoreConformanceTests", "SearchAsync_RandomEntries_EqualsANaiveSort", true)]
    [InlineData("RedisStoreConformanceTests", "SearchAsync_RandomEntries_IsNoCheck", false)]
    [InlineData("RedisTroubleTests", "SearchAsync_RandomEntries_EqualsANaiveSort", false)]
    public void Exists_TestMethodsOnlyAndThoseOfBases_AreFound(string type, string method, bool expected) => Assert.Equal(expected, Exists(type, method));

    // A test may be in the base of its class, as those are that every store inherits, or a case of one.
    private static bool Exists(string type, string method) => (Suites.TryGetValue(type, out var checks) && checks.Contains(method)) || Classes[type].Any(declaration =>
        declaration.Members.OfType<MethodDeclarationSyntax>().Any(member =>
            member.Identifier.Text == method && member.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => TestAttributes.Contains(attribute.Name.ToString())))
        || declaration.BaseList?.Types.Any(parent => Exists(parent.Type.ToString(), method)) == true);

    private static string NameWithoutVariant(string check) => check.Split('(')[0];

    [GeneratedRegex(@"^\| (?<number>\d+) \| [^|]+ \|(?<behaviour>[^|]*)\|(?<tests>[^|]*)\|$")]
    private static partial Regex Row { get; }

    [GeneratedRegex(@"^ `\w+\.\w+`(, `\w+\.\w+`)* $")]
    private static partial Regex TestList { get; }

    [GeneratedRegex(@"`(?<class>\w+)\.(?<method>\w+)`")]
    private static partial Regex TestName { get; }
}
