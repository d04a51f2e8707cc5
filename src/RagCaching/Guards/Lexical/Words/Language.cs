namespace RagCaching.Guards.Lexical.Words;

/// <summary>What is known about one language besides English: its words, and how it changes and negates them.</summary>
internal sealed class Language
{
    /// <summary>The place of English, whose words are those of the common table.</summary>
    public const int English = 0;

    private readonly Dictionary<string, Word>.AlternateLookup<ReadOnlySpan<char>> _words;

    public Language(string code, bool isOwnScript, Dictionary<string, Word> words)
    {
        Code = code;
        IsOwnScript = isOwnScript;
        _words = words.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public string Code { get; }

    /// <summary>Gets a value indicating whether the language is told by its script, so that its words stand in the common table.</summary>
    public bool IsOwnScript { get; }

    /// <summary>Gets the endings of cases, which are no difference between two names.</summary>
    public string[] Inflections { get; init; } = [];

    /// <summary>Gets a value indicating whether some write two letters for one with a mark; nobody leaves the mark out.</summary>
    public bool HasDigraphs { get; init; }

    /// <summary>Gets the letters that no other of the languages has.</summary>
    public string OwnLetters { get; init; } = "";

    /// <summary>Gets the endings that negate a verb.</summary>
    public string[] NegatingEndings { get; init; } = [];

    /// <summary>Gets what makes a word its contrary when it is put before it.</summary>
    public string[] NegatingPrefixes { get; init; } = [];

    /// <summary>Gets pairs of prefixes that make contraries of one word, such as "ein" and "aus".</summary>
    public (string First, string Second)[] Contraries { get; init; } = [];

    /// <summary>Gets nouns that are no names, in a language that capitalises all nouns.</summary>
    public HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Nouns { get; init; } = new HashSet<string>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Gets how nouns end that are no names, in a language that capitalises all nouns.</summary>
    public string[] NounEndings { get; init; } = [];

    /// <summary>Gets the particles that are written at the end of a word.</summary>
    public string[] Particles { get; init; } = [];

    /// <summary>Gets the particles that are written at the start of a word.</summary>
    public string[] Proclitics { get; init; } = [];

    /// <summary>Gets a value indicating whether endings or particles say who does what, so that words may stand in any order.</summary>
    public bool HasFreeOrder => IsOwnScript || Inflections.Length > 1 && NounEndings.Length == 0;

    /// <summary>Finds a word that means something of its own in this language.</summary>
    public Word? Find(ReadOnlySpan<char> word) => _words.TryGetValue(word, out var found) ? found : null;

    /// <summary>Whether a word that is not known is a verb with an ending that negates it.</summary>
    public bool IsNegated(ReadOnlySpan<char> word)
    {
        foreach (var ending in NegatingEndings)
        {
            if (word.Length > ending.Length + 1 && word.EndsWith(ending, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
