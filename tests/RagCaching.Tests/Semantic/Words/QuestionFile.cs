using RagCaching.Tests.Documentation;

namespace RagCaching.Tests.Semantic.Words;

/// <summary>Questions of one language, written for these tests: volatile ones, and stable ones by hand and from templates.</summary>
/// <remarks>All are of one hand, as the words are, and every third question of each kind is looked at by itself; what is recognised of <see cref="Unseen"/>, for which no word was changed, says more about the questions of others.</remarks>
internal sealed class QuestionFile
{
    private const int HeldOutEvery = 3;

    private readonly Dictionary<string, List<string>> _sections = [];

    private QuestionFile(string path)
    {
        List<string> section = [];
        foreach (var line in File.ReadAllLines(path).Where(line => line.Length > 0))
        {
            if (line[0] == '[')
            {
                section = _sections[line[1..^1]] = [];
                continue;
            }

            section.Add(line);
        }
    }

    /// <summary>The languages.</summary>
    public static string[] Ten => ["ar", "bn", "en", "es", "fr", "hi", "id", "pt", "ru", "zh"];

    /// <summary>Languages besides, with fewer questions.</summary>
    public static string[] Others => ["de", "ja"];

    /// <summary>All of them.</summary>
    public static string[] All => [.. Ten, .. Others];

    public IReadOnlyList<string> Volatile => _sections["volatile"];

    /// <summary>Gets volatile questions that were written when the words in the library were finished, and for which more words were added then.</summary>
    public IReadOnlyList<string> Later => _sections["later"];

    /// <summary>Gets volatile questions that were written after that, and for which nothing was changed.</summary>
    public IReadOnlyList<string> Unseen => _sections["unseen"];

    /// <summary>Gets stable questions that were written with <see cref="Unseen"/>.</summary>
    public IReadOnlyList<string> UnseenStable => _sections["unseen stable"];

    public IReadOnlyList<string> Stable =>
    [
        .. _sections["stable"],
        .. _sections["templates"].SelectMany(_ => _sections["items"], (template, item) => template.Replace("{0}", item, StringComparison.Ordinal)),
    ];

    public static QuestionFile Read(string language) =>
        new(Path.Combine(DocumentationTests.Root, "tests", "RagCaching.Tests", "Semantic", "Words", "Questions", $"{language}.txt"));

    /// <summary>Tells whether a question was held out.</summary>
    public static bool IsHeldOut(int index) => index % HeldOutEvery == HeldOutEvery - 1;
}
