using System.Text.RegularExpressions;

namespace RagCaching.Tests.Documentation;

/// <summary>Pages about features have the same headings, links lead to headings that exist, and decisions are found from their index.</summary>
public sealed partial class HeadingTests
{
    private static readonly string[] Common = ["Short answer", "Usage", "Options with defaults", "Failure behaviour", "Telemetry"];

    private static readonly string[] FeaturePages =
    [
        "chat-client", "choosing-a-limit", "controls", "embedding-cache", "explain", "fail-safe", "import-export", "in-memory-store", "lexical-guard", "lifetimes",
        "local-encoder", "money", "owner-page", "persistence", "pipeline", "scopes", "security", "semantic-cache", "vector-databases",
    ];

    // Answers to one question, or lists to look something up in, whose headings follow what they list.
    private static readonly string[] ReferencePages =
    [
        "architecture", "aspnetcore-sample", "comparison", "compatibility", "configuration", "configuration-mistakes", "getting-started", "migration", "reliability",
        "repeating-figures", "scaling", "telemetry", "testing", "troubleshooting",
    ];

    public static TheoryData<string> Features => [.. FeaturePages];

    public static TheoryData<string> Pages => DocumentationTests.Pages;

    [Theory]
    [MemberData(nameof(Features))]
    public void FeaturePage_CommonHeadings_AreThereInTheirOrder(string page) =>
        Assert.Equal(Common, HeadingsOf($"docs/{page}.md").Where(heading => Common.Contains(heading, StringComparer.Ordinal)));

    [Fact]
    public void Pages_EachIsAboutAFeatureOrAReference() => Assert.Equal(
        Directory.EnumerateFiles(Path.Combine(DocumentationTests.Root, "docs"), "*.md").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal),
        FeaturePages.Concat(ReferencePages).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_EveryLinkToAHeading_LeadsToOne(string page)
    {
        var folder = Path.GetDirectoryName(page)!;
        foreach (Match link in LinkToHeading().Matches(Read(page)))
        {
            var target = link.Groups["file"].Value is { Length: > 0 } file ? Path.Combine(folder, file) : page;

            Assert.True(AnchorsOf(target).Contains(link.Groups["anchor"].Value), $"{page} links to {link.Groups["anchor"].Value} of {target}, which has no such heading.");
        }
    }

    [Fact]
    public void DecisionsIndex_EveryDecision_HasOneLineAndOneLink()
    {
        var decisions = Directory.EnumerateFiles(Path.Combine(DocumentationTests.Root, "docs/decisions"), "*.md").Select(file => Path.GetFileName(file)!).Where(file => file != "README.md");

        var linked = LinkOfIndex().Matches(Read("docs/decisions/README.md")).Select(link => link.Groups["file"].Value);

        Assert.Equal(decisions.Order(StringComparer.Ordinal), linked.Order(StringComparer.Ordinal));
    }

    private static string Read(string page) => File.ReadAllText(Path.Combine(DocumentationTests.Root, page));

    private static IEnumerable<string> HeadingsOf(string page) => Heading().Matches(Read(page)).Select(heading => heading.Groups["text"].Value);

    // As GitHub makes them: small letters, no punctuation, hyphens for blanks.
    private static HashSet<string> AnchorsOf(string page) =>
        [.. HeadingsOf(page).Select(heading => NotInAnchors().Replace(heading.ToLowerInvariant(), "").Replace(' ', '-'))];

    [GeneratedRegex(@"^#+ (?<text>.+?)\s*$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\]\((?!https?:)(?<file>[^)#]*)#(?<anchor>[^)]+)\)")]
    private static partial Regex LinkToHeading();

    [GeneratedRegex(@"^\| \[[^\]]+\]\((?<file>[^)/]+\.md)\) \| .+ \|\s*$", RegexOptions.Multiline)]
    private static partial Regex LinkOfIndex();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}
