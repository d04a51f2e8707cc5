namespace RagCaching.Semantic.Words;

/// <summary>The words of all languages that say how long an answer stays valid, from the files in <c>Languages</c>.</summary>
/// <remarks>
/// A line has one phrase, or several between vertical bars. A file has sections: <c>[volatile]</c>, phrases that make a question volatile whatever else it says; <c>[state]</c>, phrases that do so unless the question asks how something is done or what something means, for which
/// <c>[method]</c> has the phrases; <c>[stable]</c>, phrases that contain one of the first two and are not volatile; <c>[refusal]</c> and <c>[nothing]</c>, what answers say that decline, or that have found nothing.
/// </remarks>
internal sealed class LifetimeWords
{
    private const string Folder = "RagCaching.Semantic.Words.Languages.";
    private static readonly string[] Languages = ["ar", "bn", "de", "en", "es", "fr", "hi", "id", "ja", "pt", "ru", "zh"];
    private static readonly Lazy<LifetimeWords> BuiltIn = new(Read);

    private readonly Dictionary<string, List<string>> _sections = new(StringComparer.Ordinal);

    private LifetimeWords()
    {
    }

    /// <summary>Gets the words that are part of the library.</summary>
    public static LifetimeWords All => BuiltIn.Value;

    /// <summary>Gets the phrases of a section in all languages, in all spellings.</summary>
    public IReadOnlyList<string> this[string section] => _sections[section];

    private static LifetimeWords Read()
    {
        var words = new LifetimeWords();
        foreach (var language in Languages)
        {
            List<string>? section = null;
            foreach (var line in WordFile.Read($"{Folder}{language}.txt"))
            {
                if (line[0] == '[')
                {
                    var name = line[1..^1];
                    section = words._sections.TryGetValue(name, out var known) ? known : words._sections[name] = [];
                    continue;
                }

                section!.AddRange(line.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).SelectMany(TypedSpellings.Of));
            }
        }

        return words;
    }
}
