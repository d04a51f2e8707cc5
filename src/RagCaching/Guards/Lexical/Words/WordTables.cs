using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace RagCaching.Guards.Lexical.Words;

/// <summary>Everything that is known about words; frozen, and safe to use from many threads.</summary>
internal sealed class WordTables
{
    private readonly FrozenDictionary<string, Word>.AlternateLookup<ReadOnlySpan<char>> _words;
    private readonly FrozenDictionary<string, string[]>.AlternateLookup<ReadOnlySpan<char>> _opposites;
    private readonly FrozenDictionary<string, WordFlags>.AlternateLookup<ReadOnlySpan<char>> _stems;
    private readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _currencyCodes;

    public WordTables(
        FrozenDictionary<string, Word> words, FrozenDictionary<string, WordFlags> stems, FrozenDictionary<string, string[]> opposites, Stemmer stemmer,
        Language[] languages, FrozenDictionary<string, int> currencyCodes)
    {
        _words = words.GetAlternateLookup<ReadOnlySpan<char>>();
        _stems = stems.GetAlternateLookup<ReadOnlySpan<char>>();
        _opposites = opposites.GetAlternateLookup<ReadOnlySpan<char>>();
        Stemmer = stemmer;
        Languages = languages;
        _currencyCodes = currencyCodes.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public Stemmer Stemmer { get; }

    /// <summary>Gets the languages; English, the first, has no words of its own.</summary>
    public Language[] Languages { get; }

    /// <summary>Finds a word in lower case.</summary>
    public Word? Find(ReadOnlySpan<char> word) => _words.TryGetValue(word, out var found) ? found : null;

    /// <summary>Gets the unit of a currency code in lower case, or 0.</summary>
    public int CurrencyOf(ReadOnlySpan<char> code) => code.Length == 3 && _currencyCodes.TryGetValue(code, out var unit) ? unit : 0;

    /// <summary>Gets what is known about a stem.</summary>
    public WordFlags FlagsOfStem(ReadOnlySpan<char> stem) => _stems.TryGetValue(stem, out var flags) ? flags : WordFlags.None;

    /// <summary>Finds the opposites of a word or of a stem.</summary>
    public bool TryGetOpposites(ReadOnlySpan<char> word, [NotNullWhen(true)] out string[]? opposites) => _opposites.TryGetValue(word, out opposites);
}
