using System.Collections.Frozen;

namespace RagCaching.Guards.Lexical.Words;

/// <summary>Collects words from tables and freezes them.</summary>
internal sealed class WordTablesBuilder
{
    private readonly Dictionary<string, Word> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WordFlags> _stems = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _opposites = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _irregular = new(StringComparer.Ordinal);
    private readonly List<(string First, string Second)> _pairs = [];
    private int _units;
    private int _synonyms;
    private int _relatives;

    /// <summary>Splits a table at blanks.</summary>
    public static string[] Split(string table) => table.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Splits a table at line ends, and each line at blanks.</summary>
    public static IEnumerable<string[]> SplitLines(string table) => table.Split('\n').Select(Split).Where(line => line.Length > 0);

    public Word Word(string text)
    {
        if (!_words.TryGetValue(text, out var word))
        {
            _words.Add(text, word = new Word());
        }

        return word;
    }

    public void Flag(string table, WordFlags flags)
    {
        foreach (var text in Split(table))
        {
            Word(text).Flags |= flags;
        }
    }

    public void FlagStems(string table, WordFlags flags)
    {
        foreach (var stem in Split(table))
        {
            _stems[stem] = _stems.GetValueOrDefault(stem) | flags;
        }
    }

    public void Key(string table, Keyword keyword)
    {
        foreach (var text in Split(table))
        {
            Word(text).Keyword = keyword;
        }
    }

    public void Irregular(IReadOnlyList<string> forms)
    {
        foreach (var form in forms)
        {
            _irregular.TryAdd(form, forms[0]);
        }
    }

    public void Units(IReadOnlyList<string> names)
    {
        _units++;
        foreach (var name in names)
        {
            Word(name).Unit = _units;
        }
    }

    public void Relatives(IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            Word(name).Relatives = 1ul << _relatives;
        }

        _relatives++;
    }

    public void Synonyms(IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            Word(name).Synonyms |= 1ul << _synonyms;
        }

        _synonyms++;
    }

    public void Opposites(string first, string second) => _pairs.Add((first, second));

    /// <summary>Freezes the tables.</summary>
    /// <param name="merged">Groups of words that are never a difference: all of a group get the stem of its first.</param>
    public WordTables Build(IEnumerable<string[]> merged)
    {
        var stemmer = new Stemmer(_irregular.ToFrozenDictionary(StringComparer.Ordinal));
        foreach (var (text, word) in _words)
        {
            word.Stem = StemOf(stemmer, text);
        }

        foreach (var (first, second) in _pairs)
        {
            Add(first, second);
            Add(StemOf(stemmer, first), StemOf(stemmer, second));
        }

        foreach (var group in merged)
        {
            var stem = StemOf(stemmer, group[0]);
            foreach (var text in group)
            {
                Word(text).Stem = stem;
            }
        }

        return new WordTables(
            _words.ToFrozenDictionary(StringComparer.Ordinal),
            _stems.ToFrozenDictionary(StringComparer.Ordinal),
            _opposites.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal),
            stemmer);
    }

    private static string StemOf(Stemmer stemmer, string text) => stemmer.Stem(text, new char[text.Length]).ToString();

    private void Add(string first, string second)
    {
        if (first != second)
        {
            SetOf(first).Add(second);
            SetOf(second).Add(first);
        }
    }

    private HashSet<string> SetOf(string text)
    {
        if (!_opposites.TryGetValue(text, out var set))
        {
            _opposites.Add(text, set = new HashSet<string>(StringComparer.Ordinal));
        }

        return set;
    }
}
