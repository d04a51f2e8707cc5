namespace RagCaching.Guards.Lexical.Words;

/// <summary>Everything that is known about words; frozen, and safe to use from many threads.</summary>
internal sealed class WordTables(
    TextIndex<Word> words, TextIndex<StemFacts> facts, Stemmer stemmer, Language[] languages, IReadOnlyDictionary<string, int> currencyCodes)
{
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _currencyCodes =
        new Dictionary<string, int>(currencyCodes, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public Stemmer Stemmer => stemmer;

    /// <summary>Gets the languages; English, the first, has no words of its own.</summary>
    public Language[] Languages => languages;

    /// <summary>Finds a word in lower case.</summary>
    public Word? Find(ReadOnlySpan<char> word) => words.Find(word);

    /// <summary>Finds a word in lower case whose hash is known.</summary>
    public Word? Find(ReadOnlySpan<char> word, int hash) => words.Find(word, hash);

    /// <summary>Gets the unit of a currency code in lower case, or 0.</summary>
    public int CurrencyOf(ReadOnlySpan<char> code) => code.Length == 3 && _currencyCodes.TryGetValue(code, out var unit) ? unit : 0;

    /// <summary>Finds what is known about a stem, or about the opposites of a word.</summary>
    public StemFacts? FactsOf(ReadOnlySpan<char> text, int hash) => facts.Find(text, hash);
}
