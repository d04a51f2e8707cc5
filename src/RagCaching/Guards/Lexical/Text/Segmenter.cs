using RagCaching.Guards.Lexical.Text.Scanning;
using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical.Text;

/// <summary>Splits text without blanks into known words and what stands between them; and particles off Korean words.</summary>
/// <remarks>
/// No dictionary of a language is needed for it: what differs between two questions has to be found, not their grammar. A Chinese character that is in
/// no known word is a word, a run of Katakana is one, and unknown Hiragana is an ending.
/// </remarks>
internal static class Segmenter
{
    private const int LongestTerm = 8;
    private const int LeastNoun = 2;
    private const int LongestUnit = 5;
    private const string VerbStarts = "\uD558\uD55C\uD560\uD568\uD569\uD574\uD588\uB418\uB41C\uB420\uB428\uB429\uB3FC\uB410\uC774\uC778\uC785\uB77C";

    /// <summary>Whether a word in this script has to be split.</summary>
    public static bool Splits(Script script) => script is >= Script.FirstUnspaced or Script.Hangul;

    /// <summary>Gets the end of a run of letters that is split as a whole.</summary>
    public static int RunEnd(ReadOnlySpan<char> text, int position)
    {
        var end = Scanner.Word(text, position);
        var isEastAsian = Scripts.Of(text[position]) >= Script.Hiragana;
        while (isEastAsian && end < text.Length && Scripts.Of(text[end]) >= Script.Hiragana && Scanner.Word(text, end) is var next && next > end)
        {
            end = next;
        }

        return end;
    }

    /// <summary>Gets the length of the next piece of a run, and what is known about it.</summary>
    /// <param name="tables">What is known.</param>
    /// <param name="run">What is left of the run.</param>
    /// <param name="followsNumber">Whether a number stands before it, so that it begins with a unit.</param>
    /// <param name="word">Receives what is known about the piece.</param>
    public static int Next(WordTables tables, ReadOnlySpan<char> run, bool followsNumber, out Word? word)
    {
        var script = Scripts.Of(run[0]);
        if (script == Script.Hangul && followsNumber && UnitLength(tables, run, out word) is var unit and > 0)
        {
            return unit;
        }

        if (script == Script.Hangul)
        {
            return NextHangul(tables, run, out word);
        }

        var known = KnownLength(tables, run, least: 1, out word);
        if (known > 0)
        {
            return known;
        }

        if (script == Script.Han)
        {
            return Scanner.Other(run, 0);
        }

        var length = 1;
        while (length < run.Length && (script == Script.Katakana ? IsKatakana(run[length]) : Scripts.Of(run[length]) == script && KnownLength(tables, run[length..], least: 2, out _) == 0))
        {
            length++;
        }

        word = script == Script.Hiragana ? Word.Ending : null;
        return length;
    }

    /// <summary>Gets the length of the longest unit or power of ten at the start, as in "만원으로".</summary>
    private static int UnitLength(WordTables tables, ReadOnlySpan<char> run, out Word? word)
    {
        for (var length = Math.Min(LongestUnit, run.Length); length > 0; length--)
        {
            word = tables.Find(run[..length]);
            if (word is { Unit: > 0 } or { Multiplier: > 0 })
            {
                return length;
            }
        }

        word = null;
        return 0;
    }

    private static bool IsKatakana(char c) => Scripts.Of(c) == Script.Katakana;

    private static int KnownLength(WordTables tables, ReadOnlySpan<char> run, int least, out Word? word)
    {
        for (var length = Math.Min(LongestTerm, run.Length); length >= least; length--)
        {
            word = tables.Find(run[..length]);

            // A run of Katakana is one word, of which no part is known.
            if (word is not null && !(length < run.Length && IsKatakana(run[length - 1]) && IsKatakana(run[length])))
            {
                return length;
            }
        }

        word = null;
        return 0;
    }

    private static int NextHangul(WordTables tables, ReadOnlySpan<char> run, out Word? word)
    {
        word = tables.Find(run);
        if (word is not null)
        {
            return run.Length;
        }

        for (var i = 0; i < run.Length; i++)
        {
            if (run[i] is '\uC54A' or '\uC5C6' || run[i..].StartsWith("\uC544\uB2C8", StringComparison.Ordinal))
            {
                // A negation inside of a word; what follows it is an ending.
                var length = run[i] == '\uC544' ? 2 : 1;
                word = i == 0 ? tables.Find(run[..length]) : null;
                return i == 0 ? length : i;
            }
        }

        // "\uC548\uC804\uD55C\uAC00\uC694": a noun that "do", "become" or "be" makes a verb or an adjective of.
        for (var length = run.Length - 1; length >= LeastNoun; length--)
        {
            if (VerbStarts.Contains(run[length]) && tables.Find(run[..length]) is { } noun)
            {
                word = noun;
                return length;
            }
        }

        foreach (var language in tables.Languages)
        {
            foreach (var particle in language.Particles)
            {
                if (run.Length > particle.Length + 1 && run.EndsWith(particle, StringComparison.Ordinal))
                {
                    word = tables.Find(run[..^particle.Length]);
                    return run.Length - particle.Length;
                }
            }
        }

        return run.Length;
    }
}
