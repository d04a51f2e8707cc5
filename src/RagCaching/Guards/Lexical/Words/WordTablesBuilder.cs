namespace RagCaching.Guards.Lexical.Words;

/// <summary>Collects words from tables and freezes them.</summary>
/// <remarks>The words of a language among others know the units of the common table.</remarks>
internal sealed class WordTablesBuilder(WordTablesBuilder? common = null)
{
    private readonly Dictionary<string, Word> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WordFlags> _stems = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _opposites = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _irregular = new(StringComparer.Ordinal);
    private readonly List<(string First, string Second)> _pairs = [];
    private readonly List<IReadOnlyList<string>> _merged = [];
    private readonly List<(string Spelling, string Text)> _spellings = [];
    private readonly Dictionary<string, int> _currencyCodes = new(StringComparer.Ordinal);
    private readonly Dictionary<int, int> _rates = [];
    private int _units;
    private int _kin;
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

    /// <summary>Takes flags from the words that have others.</summary>
    public void Unflag(WordFlags having, WordFlags flags)
    {
        foreach (var word in _words.Values)
        {
            word.Flags &= (word.Flags & having) != 0 && (word.Languages & 1) == 0 ? ~flags : (WordFlags)(-1);
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

    /// <summary>Adds the names of a unit of their own.</summary>
    public void Units(IReadOnlyList<string> names)
    {
        _units++;
        foreach (var name in names)
        {
            Word(name).Unit = _units;
        }
    }

    /// <summary>Adds further names of a unit, which is new when its first name is.</summary>
    public void UnitLike(string known, IReadOnlyList<string> names)
    {
        var unit = (common ?? this).UnitOf(known);
        foreach (var name in names)
        {
            Word(name).Unit = unit;
        }
    }

    /// <summary>Says that a unit is one per another.</summary>
    public void Rate(string name, string unit, string per) => _rates[UnitOf(name)] = (UnitOf(unit) * WordTables.MostUnits) + UnitOf(per);

    /// <summary>Adds names of a currency.</summary>
    public void CurrencyLike(string known, IReadOnlyList<string> names)
    {
        UnitLike(known, names);
        foreach (var name in names)
        {
            Word(name).Flags |= WordFlags.Currency;
        }
    }

    /// <summary>Adds a code of three letters that is a currency where it is written in capitals.</summary>
    public void CurrencyCode(string code) => _currencyCodes[code] = UnitOf(code);

    /// <summary>Adds words that name the same thing.</summary>
    public void Kin(IReadOnlyList<string> names)
    {
        _kin++;
        foreach (var name in names)
        {
            Word(name).Kin = _kin;
        }
    }

    /// <summary>Adds words that are never a difference: all get the stem of the first.</summary>
    public void Merge(IReadOnlyList<string> words) => _merged.Add(words);

    /// <summary>Adds the spelling of all words so far with two letters for one with a mark, such as "oeffnen" for "öffnen".</summary>
    public void AddDigraphs()
    {
        Span<char> buffer = stackalloc char[Stemmer.MaxLength];
        foreach (var text in _words.Keys.ToArray())
        {
            if (Digraphs.TryWrite(text, buffer, out var length) && _words.TryAdd(buffer[..length].ToString(), _words[text].Copy()))
            {
                _spellings.Add((buffer[..length].ToString(), text));
            }
        }
    }

    /// <summary>Says that two words after each other name what a word does, such as "united states" and "usa".</summary>
    public void Phrase(string first, string next, string name)
    {
        var known = Word(name);
        var word = Word(first);
        word.Phrases = [.. word.Phrases ?? [], (next, new Word { Kin = known.Kin, Synonyms = known.Synonyms, Languages = known.Languages })];
    }

    /// <summary>Says that all words so far are words of a language.</summary>
    public void MarkAll(uint language)
    {
        foreach (var word in _words.Values)
        {
            word.Languages |= language;
        }
    }

    /// <summary>Says that the words that belong to no language yet are words of one.</summary>
    public void MarkUnmarked(uint language)
    {
        foreach (var word in _words.Values)
        {
            word.Languages |= word.Languages == 0 ? language : 0;
        }
    }

    /// <summary>Marks these words in the common table, so that a word found there tells the languages it may be of.</summary>
    public void VoteIn(WordTablesBuilder table, uint language)
    {
        foreach (var text in _words.Keys)
        {
            table.Word(text).Languages |= language;
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

    /// <summary>Completes the words of a language among others.</summary>
    public Dictionary<string, Word> BuildWords(uint language)
    {
        SetStems(new Stemmer(_irregular));
        MarkAll(language);
        return _words;
    }

    /// <summary>Freezes the tables.</summary>
    public WordTables Build(Language[] languages)
    {
        var stemmer = new Stemmer(_irregular);
        SetStems(stemmer);
        foreach (var (first, second) in _pairs)
        {
            Add(first, second);
            Add(StemOf(stemmer, first), StemOf(stemmer, second));
        }

        return new WordTables(new TextIndex<Word>(_words), new TextIndex<StemFacts>(CollectFacts()), stemmer, languages, _currencyCodes, _rates);
    }

    private Dictionary<string, StemFacts> CollectFacts()
    {
        var facts = _stems.ToDictionary(pair => pair.Key, pair => new StemFacts { Flags = pair.Value }, StringComparer.Ordinal);
        foreach (var (text, opposites) in _opposites)
        {
            if (!facts.TryGetValue(text, out var fact))
            {
                facts.Add(text, fact = new StemFacts());
            }

            fact.Opposites = [.. opposites.Select(opposite => (opposite, string.GetHashCode(opposite.AsSpan())))];
        }

        return facts;
    }

    private int UnitOf(string name)
    {
        if (Word(name).Unit == 0)
        {
            Units([name]);
        }

        return Word(name).Unit;
    }

    private void SetStems(Stemmer stemmer)
    {
        foreach (var (text, word) in _words)
        {
            word.Stem = StemOf(stemmer, text);
        }

        foreach (var group in _merged)
        {
            var stem = StemOf(stemmer, group[0]);
            foreach (var text in group)
            {
                Word(text).Stem = stem;
            }
        }

        SetStemsOfSpellings();
    }

    private void SetStemsOfSpellings()
    {
        foreach (var (spelling, text) in _spellings)
        {
            _words[spelling].Stem = _words[text].Stem;
        }
    }

    private static string StemOf(Stemmer stemmer, string text)
    {
        // Longer words are their own stems.
        var stem = stemmer.Stem(text, stackalloc char[Stemmer.MaxLength]);
        return stem.SequenceEqual(text) ? text : stem.ToString();
    }

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
