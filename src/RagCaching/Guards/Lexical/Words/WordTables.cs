namespace RagCaching.Guards.Lexical.Words;

/// <summary>Everything that is known about words; frozen, and safe to use from many threads.</summary>
internal sealed class WordTables(
    TextIndex<Word> words, TextIndex<StemFacts> facts, Stemmer stemmer, Language[] languages, IReadOnlyDictionary<string, int> currencyCodes, IReadOnlyDictionary<int, int> rates)
{
    /// <summary>More than there are units: a rate is the one unit times this and the other.</summary>
    public const int MostUnits = 4_096;

    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _currencyCodes =
        new Dictionary<string, int>(currencyCodes, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public Stemmer Stemmer => stemmer;

    /// <summary>Gets the languages; English, the first, has no words of its own.</summary>
    public Language[] Languages => languages;

    /// <summary>Finds a word in lower case.</summary>
    public Word? Find(ReadOnlySpan<char> word) => words.Find(word);

    /// <summary>Finds a word in lower case whose hash is known.</summary>
    public Word? Find(ReadOnlySpan<char> word, int hash) => words.Find(word, hash);

    /// <summary>Finds a word without the particles that some languages write at its start or end.</summary>
    public Word? FindInflected(ReadOnlySpan<char> word)
    {
        foreach (var language in languages)
        {
            foreach (var ending in language.Particles)
            {
                if (word.Length > ending.Length + 1 && word.EndsWith(ending, StringComparison.Ordinal) && Find(word[..^ending.Length]) is { } found)
                {
                    return found;
                }
            }

            foreach (var start in language.Proclitics)
            {
                if (word.Length > start.Length + 1 && word.StartsWith(start, StringComparison.Ordinal) && Find(word[start.Length..]) is { } found)
                {
                    return found;
                }
            }
        }

        return null;
    }

    /// <summary>Gets the unit of a currency code in lower case, or 0.</summary>
    public int CurrencyOf(ReadOnlySpan<char> code) => code.Length == 3 && _currencyCodes.TryGetValue(code, out var unit) ? unit : 0;

    /// <summary>Gets the place of the only language that has a letter, or 0.</summary>
    public int LanguageOf(char letter)
    {
        for (var i = 1; i < languages.Length; i++)
        {
            if (languages[i].OwnLetters.Contains(letter))
            {
                return i;
            }
        }

        return 0;
    }

    /// <summary>Gets the two units of one that is a rate, such as "kmh", in one number; or 0.</summary>
    public int RateOf(int unit) => rates.GetValueOrDefault(unit);

    /// <summary>Finds what is known about a stem, or about the opposites of a word.</summary>
    public StemFacts? FactsOf(ReadOnlySpan<char> text, int hash) => facts.Find(text, hash);
}
