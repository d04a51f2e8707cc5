using System.Text;

namespace RagCaching.Onnx.Tokenization;

/// <summary>Collects the characters of a word and writes the ids of its pieces: at every place the longest that the vocabulary has.</summary>
/// <remarks>Source: Y. Wu et al., Google's Neural Machine Translation System, arXiv:1609.08144, as in BERT's <c>tokenization.py</c>.</remarks>
internal ref struct PieceWriter
{
    /// <summary>The most characters of a word; a longer one is unknown.</summary>
    private const int LongestWord = 100;

    /// <summary>The room that a word needs: two UTF-16 units for every character.</summary>
    public const int MostCharacters = 2 * LongestWord;

    private readonly Vocabulary _vocabulary;
    private readonly Span<int> _ids;
    private readonly Span<char> _word;
    private int _units;
    private int _characters;
    private int _count;

    public PieceWriter(Vocabulary vocabulary, Span<int> ids, Span<char> word)
    {
        _vocabulary = vocabulary;
        _ids = ids;
        _word = word;
    }

    /// <summary>Gets the number of characters and special tokens so far, those of unknown words included.</summary>
    public long Letters { get; private set; }

    /// <summary>Gets whether there are more ids than room.</summary>
    public readonly bool IsOverfull => _count > _ids.Length;

    /// <summary>Gets the number of ids that were written.</summary>
    public readonly int Written => Math.Min(_count, _ids.Length);

    public void Append(char character)
    {
        if (_characters < LongestWord)
        {
            _word[_units++] = character;
        }

        _characters++;
        Letters++;
    }

    public void Append(Rune rune)
    {
        if (_characters < LongestWord)
        {
            _units += rune.EncodeToUtf16(_word[_units..]);
        }

        _characters++;
        Letters++;
    }

    /// <summary>Adds a word of one character.</summary>
    public void AddAlone(Rune rune)
    {
        EndWord();
        Append(rune);
        EndWord();
    }

    /// <summary>Adds a token that is read whole.</summary>
    public void AddId(int id)
    {
        EndWord();
        Letters++;
        Write(id);
    }

    /// <summary>Ends the word, if there is one, and writes its ids.</summary>
    public void EndWord()
    {
        if (_characters == 0)
        {
            return;
        }

        var first = _count;
        var word = _word[.._units];
        var isKnown = _characters <= LongestWord;
        for (var start = 0; isKnown && start < word.Length;)
        {
            var length = _vocabulary.MatchLongest(word[start..], start == 0, out var id);
            isKnown = length > 0;
            Write(id);
            start += length;
        }

        // One place without a piece makes the whole word unknown.
        if (!isKnown)
        {
            _count = first;
            Write(_vocabulary.Unknown);
        }

        (_units, _characters) = (0, 0);
    }

    private void Write(int id)
    {
        if (_count < _ids.Length)
        {
            _ids[_count] = id;
        }

        _count++;
    }
}
