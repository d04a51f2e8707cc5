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
    public static int Next(WordTables tables, ReadOnlySpan<char> run, out Word? word)
    {
        var script = Scripts.Of(run[0]);
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
