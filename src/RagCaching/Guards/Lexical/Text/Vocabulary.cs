using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical.Text;

/// <summary>Numbers the different words of two questions, so that everything after compares numbers; and counts how often each side has them.</summary>
/// <remarks>Exact: words with equal hashes are told apart by their text. The numbers follow the order of first use, whatever the hashes are.</remarks>
internal sealed class Vocabulary
{
    private const int InitialSize = 256;

    private char[] _text = new char[InitialSize * 8];
    private VocabularyEntry[] _entries = new VocabularyEntry[InitialSize];
    private int[] _slots = new int[InitialSize * 2];
    private int _textLength;

    public int Count { get; private set; }

    public int Capacity => _text.Length;

    /// <summary>Gets or sets what is known about words.</summary>
    public WordTables Tables { get; set; } = null!;

    public ref VocabularyEntry this[int id] => ref _entries[id];

    /// <summary>Gets how often a text was looked at: what the work of a comparison grows with. Tests hold it to be linear.</summary>
    public long Steps { get; private set; }

    public ReadOnlySpan<char> TextOf(int id)
    {
        Steps++;
        return _text.AsSpan(_entries[id].Start, _entries[id].Length);
    }

    /// <summary>Gets the number of a text, giving it the next one if it is new.</summary>
    public int Intern(ReadOnlySpan<char> text) => Intern(text, string.GetHashCode(text));

    private int Intern(ReadOnlySpan<char> text, int hash)
    {
        var slot = SlotOf(text, hash);
        if (_slots[slot] != 0)
        {
            return _slots[slot] - 1;
        }

        if ((Count + 1) * 2 > _slots.Length)
        {
            Grow();
            slot = SlotOf(text, hash);
        }

        if (_textLength + text.Length > _text.Length)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _textLength + text.Length));
        }

        text.CopyTo(_text.AsSpan(_textLength));
        _entries[Count] = new VocabularyEntry { Start = _textLength, Length = text.Length, Hash = hash, Stem = VocabularyEntry.Unknown };
        _textLength += text.Length;
        _slots[slot] = ++Count;
        return Count - 1;
    }

    /// <summary>Gets the number of a text, or -1 if neither question has it.</summary>
    public int Find(ReadOnlySpan<char> text) => Find(text, string.GetHashCode(text));

    /// <summary>Gets the number of a text whose hash is known, or -1 if neither question has it.</summary>
    public int Find(ReadOnlySpan<char> text, int hash) => _slots[SlotOf(text, hash)] - 1;

    /// <summary>Gets what the tables say about a word as a stem.</summary>
    public WordFlags FlagsOfStem(int id) => FactsOf(id)?.Flags ?? WordFlags.None;

    /// <summary>Gets the opposites of a word, with their hashes.</summary>
    public ReadOnlySpan<(string Text, int Hash)> OppositesOf(int id) => FactsOf(id) is { } facts ? facts.Opposites : [];

    /// <summary>Gets the number of a word, and looks up what the tables say about it and its stem when it is new.</summary>
    public int InternWord(ReadOnlySpan<char> text)
    {
        var hash = string.GetHashCode(text);
        var id = Intern(text, hash);
        if (_entries[id].Stem == VocabularyEntry.Unknown)
        {
            var word = Tables.Find(text, hash);
            var stem = id;
            if (word is not null)
            {
                stem = word.Stem!.AsSpan().SequenceEqual(text) ? id : Intern(word.Stem);
            }
            else if (text.Length is > 3 and <= Stemmer.MaxLength)
            {
                Span<char> buffer = stackalloc char[Stemmer.MaxLength];
                stem = Intern(Tables.Stemmer.Stem(text, buffer));
            }

            _entries[id].Word = word;
            _entries[id].Stem = stem;
        }

        return id;
    }

    /// <summary>Forgets all words, and overwrites their text, which came from users.</summary>
    public void Clear()
    {
        _text.AsSpan(0, _textLength).Clear();
        _entries.AsSpan(0, Count).Clear();
        _slots.AsSpan().Clear();
        _textLength = 0;
        Count = 0;
        Steps = 0;
    }

    private StemFacts? FactsOf(int id)
    {
        ref var entry = ref _entries[id];
        if (!entry.KnowsFacts)
        {
            entry.Facts = Tables.FactsOf(TextOf(id), entry.Hash);
            entry.KnowsFacts = true;
        }

        return entry.Facts;
    }

    private int SlotOf(ReadOnlySpan<char> text, int hash)
    {
        var mask = _slots.Length - 1;
        var slot = hash & mask;
        while (_slots[slot] is var number && number != 0)
        {
            ref readonly var entry = ref _entries[number - 1];
            if (entry.Hash == hash && text.SequenceEqual(_text.AsSpan(entry.Start, entry.Length)))
            {
                break;
            }

            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow()
    {
        Array.Resize(ref _entries, _entries.Length * 2);
        var mask = (_slots.Length * 2) - 1;
        _slots = new int[mask + 1];
        for (var i = 0; i < Count; i++)
        {
            var slot = _entries[i].Hash & mask;
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            _slots[slot] = i + 1;
        }
    }
}
