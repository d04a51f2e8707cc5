using System.Text.RegularExpressions;

namespace RagCaching.Tests.Guards.Lexical;

/// <summary>Pairs of questions with a kind and the right decision, from the tables beside the tests.</summary>
internal static partial class LabelledPairs
{
    /// <summary>Reads a table: kind, what it is about, 1 where the answer serves both, and the two questions.</summary>
    public static IReadOnlyList<(string Kind, bool IsRight, string Question, string Candidate)> Read(string file) =>
    [
        .. File.ReadLines(Path.Combine(Folder(), file)).Skip(1).Where(line => line.Length > 0).Select(line => line.Split('\t'))
            .Select(row => (row[0], row[^3] == "1", Unescape(row[^2]), Unescape(row[^1]))),
    ];

    /// <summary>Gets the pairs of one kind as the data of a theory.</summary>
    public static TheoryData<string, string> OfKind(string file, string kind, bool isRight)
    {
        var rows = new TheoryData<string, string>();
        foreach (var pair in Read(file).Where(pair => pair.Kind == kind && pair.IsRight == isRight))
        {
            rows.Add(pair.Question, pair.Candidate);
        }

        return rows;
    }

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "RagCaching.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tables lie in the repository.");
        }

        return Path.Combine(folder.FullName, "tests", "RagCaching.Tests", "Guards", "Lexical", "Data");
    }

    private static string Unescape(string text) => Escaped().Replace(text, match => ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString());

    [GeneratedRegex(@"\\u([0-9a-fA-F]{4})")]
    private static partial Regex Escaped();
}
