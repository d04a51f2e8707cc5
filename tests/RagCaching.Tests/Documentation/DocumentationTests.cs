namespace RagCaching.Tests.Documentation;

/// <summary>Every line of C# in the documentation is compiled: it stands, block by block, in one of the snippet files beside this one, or in the folder Documentation of another test project.</summary>
public sealed class DocumentationTests
{
    internal static string Root { get; } = FindRoot();

    public static TheoryData<string> Pages =>
        [.. new[] { "README.md" }.Concat(Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateDirectories(Path.Combine(Root, "src")).Select(project => Path.Combine(project, "README.md")).Where(File.Exists))
            .Select(file => Path.GetRelativePath(Root, file)).Order(StringComparer.Ordinal))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_EveryCSharpBlock_IsCompiled(string page)
    {
        var snippets = Directory.EnumerateDirectories(Path.Combine(Root, "tests")).Select(project => Path.Combine(project, "Documentation")).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*Snippets.cs")).Select(file => Lines(File.ReadAllLines(file))).ToArray();

        foreach (var block in BlocksOf(File.ReadAllLines(Path.Combine(Root, page))))
        {
            Assert.True(snippets.Any(file => Contains(file, block)), $"{page}: not compiled anywhere:\n{string.Join('\n', block)}");
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_EveryRelativeLink_LeadsToAFile(string page)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Root, page))!;
        var text = File.ReadAllText(Path.Combine(Root, page));
        foreach (System.Text.RegularExpressions.Match link in System.Text.RegularExpressions.Regex.Matches(text, @"\]\((?!https?:|#)([^)#]+)"))
        {
            var target = Path.Combine(folder, link.Groups[1].Value);
            Assert.True(File.Exists(target) || Directory.Exists(target), $"{page} links to {link.Groups[1].Value}, which does not exist.");
        }
    }

    private static IEnumerable<string[]> BlocksOf(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Trim() == "```csharp")
            {
                var start = ++i;
                while (lines[i].Trim() != "```")
                {
                    i++;
                }

                yield return Lines(lines[start..i]);
            }
        }
    }

    private static string[] Lines(string[] lines) => [.. lines.Select(line => line.Trim()).Where(line => line.Length > 0)];

    private static bool Contains(string[] file, string[] block) =>
        Enumerable.Range(0, Math.Max(0, file.Length - block.Length + 1)).Any(start => file.AsSpan(start, block.Length).SequenceEqual(block));

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
