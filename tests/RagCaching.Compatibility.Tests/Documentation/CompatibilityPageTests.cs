using System.Reflection;
using System.Runtime.CompilerServices;
using RagCaching.Compatibility.Tests.Matrix;
using RagCaching.Semantic.Entries.Answers;

namespace RagCaching.Compatibility.Tests.Documentation;

/// <summary>The matrix on the page about compatibility is what the tests hold, row by row and cell by cell.</summary>
public sealed class CompatibilityPageTests
{
    private static readonly string[] Columns = [nameof(MatrixTests.Exact), nameof(MatrixTests.Meaning), nameof(MatrixTests.InFlight), nameof(MatrixTests.Fidelity)];

    [Fact]
    public void Page_Rows_AreTheTestsOfTheMatrix() =>
        Assert.Equal(Rows().Select(row => row.Name).Order(StringComparer.Ordinal), Page().Select(row => row.Test).Order(StringComparer.Ordinal));

    [Fact]
    public void Page_Cells_AreWhatTheTestsExpect()
    {
        foreach (var (test, cells) in Page())
        {
            var row = (MatrixTests)RuntimeHelpers.GetUninitializedObject(Rows().Single(type => type.Name == test));

            Assert.Equal([row.Expected.Exact, row.Expected.Meaning, row.Expected.InFlight, row.Expected.Fidelity], cells);
        }
    }

    [Fact]
    public void Page_EachCell_HasATestForWholeAndStreamed() => Assert.All(Columns, column =>
    {
        var test = typeof(MatrixTests).GetMethod(column)!;
        Assert.NotNull(test.GetCustomAttribute<TheoryAttribute>());
        Assert.Equal([false, true], test.GetCustomAttributes<InlineDataAttribute>().Select(data => (bool)data.Data[0]!).Order());
    });

    /// <summary>A cell that is no hit says why, in a word that is logged.</summary>
    [Fact]
    public void Page_NoCell_IsSilentlyNothing()
    {
        string[] reasons = [Expected.Hit, Expected.Shared, Expected.Same, .. Enum.GetNames<SemanticCacheReason>(), .. Enum.GetNames<AnswerRefusal>()];

        Assert.All(Page().SelectMany(row => row.Cells), cell => Assert.Contains(cell, reasons.Except(["None"])));
    }

    private static IEnumerable<Type> Rows() => typeof(MatrixTests).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(MatrixTests)) && !type.IsAbstract);

    private static List<(string Test, string[] Cells)> Page()
    {
        var lines = File.ReadAllLines(Path.Combine(FindRoot(), "docs/compatibility.md")).SkipWhile(line => !line.StartsWith("| Arrangement |", StringComparison.Ordinal));
        var rows = lines.Skip(2).TakeWhile(line => line.StartsWith('|')).Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)).ToList();
        Assert.All(rows, row => Assert.Equal(2 + Columns.Length, row.Length));
        return [.. rows.Select(row => (row[1].Trim('`'), row[2..]))];
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RagCaching.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run from within the repository.");
    }
}
