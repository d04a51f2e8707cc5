using System.Buffers;
using System.Globalization;
using System.Text;

namespace RagCaching.Semantic.Words;

/// <summary>Finds words and phrases in a text, whole and in any case, that are not part of an exception. Allocates nothing for a text; immutable and thread-safe.</summary>
internal sealed class PhraseSet
{
    private readonly SearchValues<string> _any;
    private readonly string[] _exceptions;
    private readonly PhraseStarts _starts;
    private readonly Dictionary<char, string[]> _byFirst;

    /// <summary>Puts a set together.</summary>
    /// <param name="phrases">The words and phrases, none of them blank.</param>
    /// <param name="exceptions">Phrases that contain one of them and do not count.</param>
    public PhraseSet(IEnumerable<string> phrases, IEnumerable<string> exceptions)
    {
        string[] all = [.. phrases.SelectMany(Spellings).Distinct(StringComparer.OrdinalIgnoreCase)];
        _exceptions = [.. exceptions.SelectMany(Spellings)];
        _any = SearchValues.Create(all, StringComparison.OrdinalIgnoreCase);
        _starts = new PhraseStarts(all);
        _byFirst = all.GroupBy(phrase => char.ToUpperInvariant(phrase[0])).ToDictionary(group => group.Key, group => group.ToArray());
    }

    /// <summary>Tells whether one of them is in a text.</summary>
    public bool AreIn(ReadOnlySpan<char> question) => Ascii.IsValid(question) ? AreInAscii(question) : AreInAny(question);

    // Every request is looked through, and most are ASCII: there a phrase begins where no word is going on.
    private bool AreInAscii(ReadOnlySpan<char> question)
    {
        for (var start = 0; start < question.Length; start++)
        {
            if ((start == 0 || !char.IsAsciiLetterOrDigit(question[start - 1])) && IsAt(question, start, _starts.At(question, start)))
            {
                return true;
            }
        }

        return false;
    }

    private bool AreInAny(ReadOnlySpan<char> question)
    {
        var start = 0;
        while (question[start..].IndexOfAny(_any) is var found and >= 0)
        {
            start += found;
            if (_byFirst.TryGetValue(char.ToUpperInvariant(question[start]), out var phrases) && IsAt(question, start, phrases))
            {
                return true;
            }

            start++;
        }

        return false;
    }

    private bool IsAt(ReadOnlySpan<char> question, int start, ReadOnlySpan<string> phrases)
    {
        foreach (var phrase in phrases)
        {
            if (question[start..].StartsWith(phrase, StringComparison.OrdinalIgnoreCase) && IsWhole(question, start, phrase.Length) && !IsException(question, start, phrase.Length))
            {
                return true;
            }
        }

        return false;
    }

    // Apostrophes are typed in two ways.
    private static string[] Spellings(string phrase) => phrase.Contains('\'', StringComparison.Ordinal) ? [phrase, phrase.Replace('\'', '\u2019')] : [phrase];

    private static bool IsWhole(ReadOnlySpan<char> question, int start, int length) =>
        (start == 0 || !Continues(question[start - 1], question[start])) && (start + length == question.Length || !Continues(question[start + length], question[start + length - 1]));

    // Between a letter and its neighbour there is a boundary where either belongs to a script without blanks. Korean words carry particles.
    private static bool Continues(char neighbour, char own) => IsOfAWord(neighbour) && !HasNoBlanks(neighbour) && !HasNoBlanks(own);

    private static bool IsOfAWord(char character) =>
        char.IsLetterOrDigit(character) || char.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool HasNoBlanks(char character) => character is
        (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7A3') or (>= '\u0E00' and <= '\u0EFF') or (>= '\uF900' and <= '\uFAFF');

    private bool IsException(ReadOnlySpan<char> question, int start, int length)
    {
        foreach (var exception in _exceptions)
        {
            for (var from = Math.Max(0, start + length - exception.Length); from <= start && from + exception.Length <= question.Length; from++)
            {
                if (question[from..].StartsWith(exception, StringComparison.OrdinalIgnoreCase) && IsWhole(question, from, exception.Length))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
