using System.Numerics;
using System.Text;
using RagCaching.Guards.Lexical.Text.Scanning;
using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical.Text;

/// <summary>How a question is written: in which language, scripts and case.</summary>
internal sealed class TextStyle
{
    private const int ManyWords = 4;

    // A letter tells as much as two words.
    private const int LetterVotes = 2;

    private readonly int[] _letters = new int[(int)Script.Han + 1];
    private readonly int[] _votes = new int[32];

    // The last letter that only few languages have.
    private char _rareLetter;

    /// <summary>Gets the place of the language in the tables; English when nothing tells.</summary>
    public int Language { get; private set; }

    /// <summary>Gets a value indicating whether the words leave no doubt about the language.</summary>
    public bool IsLanguageClear { get; private set; }

    /// <summary>Gets a value indicating whether a letter of a script with capitals has a mark.</summary>
    public bool HasMarks { get; private set; }

    public bool HasUpper { get; private set; }

    public bool HasLower { get; private set; }

    /// <summary>Gets a value indicating whether the writer uses capitals where they belong, so that a small letter says something too.</summary>
    public bool IsMixedCase => HasUpper && HasLower;

    public int LettersOf(Script script) => _letters[(int)script];

    /// <summary>Gets the letters of Chinese and Japanese, which share characters.</summary>
    public int EastAsianLetters => LettersOf(Script.Han) + LettersOf(Script.Hiragana) + LettersOf(Script.Katakana);

    /// <summary>Counts a word.</summary>
    public void Add(ReadOnlySpan<char> cased)
    {
        _letters[(int)Scripts.Of(cased[0])] += cased.Length;
        if (HasUpper && HasLower && Ascii.IsValid(cased))
        {
            return;
        }

        foreach (var c in cased)
        {
            _rareLetter = c is (>= '\u0100' and < '\u0250') or (>= '\u1E00' and < '\u1F00') ? char.ToLowerInvariant(c) : _rareLetter;
            HasMarks |= c is (>= '\u00C0' and < '\u0250') or (>= '\u1E00' and < '\u2000');
            if (c < 128 ? char.IsAsciiLetterUpper(c) : char.IsUpper(c))
            {
                HasUpper = true;
            }
            else
            {
                HasLower |= c < 128 ? char.IsAsciiLetterLower(c) : char.IsLower(c);
            }
        }
    }

    /// <summary>Finds the language by the words that only some languages have.</summary>
    public void FindLanguage(ReadOnlySpan<Token> tokens, WordTables tables)
    {
        var all = 0u;
        var english = 0;
        var others = 0;
        foreach (ref readonly var token in tokens)
        {
            if (token.Word is { Languages: > 0 and var languages })
            {
                all |= languages;
                _ = (languages & 1) != 0 ? english++ : others++;
            }
        }

        if (_rareLetter != '\0' && tables.LanguageOf(_rareLetter) is var known and > 0)
        {
            _votes[known] += LetterVotes;
            others++;
        }

        // Where English has every known word, no language has more.
        if (others == 0 && (english >= ManyWords || (all & ~1u) == 0))
        {
            IsLanguageClear = english > 0;
            return;
        }

        foreach (ref readonly var token in tokens)
        {
            for (var bits = token.Word?.Languages ?? 0; bits != 0; bits &= bits - 1)
            {
                _votes[BitOperations.TrailingZeroCount(bits)]++;
            }
        }

        var second = 0;
        for (var i = 1; i < tables.Languages.Length; i++)
        {
            if (_votes[i] > _votes[Language])
            {
                second = Math.Max(second, _votes[Language]);
                Language = i;
            }
            else
            {
                second = Math.Max(second, _votes[i]);
            }
        }

        IsLanguageClear = _votes[Language] >= (second == 0 ? 2 : 3) && _votes[Language] >= 2 * second;
    }

    /// <summary>Gets how many words may be of a language.</summary>
    public int VotesFor(int language) => _votes[language];

    /// <summary>Takes the question for one in the language of the other, whose words leave no doubt.</summary>
    public void Assume(int language) => Language = language;

    public void Clear()
    {
        Array.Clear(_letters);
        Array.Clear(_votes);
        Language = 0;
        _rareLetter = '\0';
        IsLanguageClear = HasMarks = HasUpper = HasLower = false;
    }
}
