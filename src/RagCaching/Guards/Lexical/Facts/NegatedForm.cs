using RagCaching.Guards.Lexical.Text;
using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical.Facts;

/// <summary>Finds words made of another by a negating prefix or ending: "legal" and "illegal", "refundable" and "non-refundable".</summary>
internal static class NegatedForm
{
    private const int LeastLength = 4;
    private const int LeastRest = 3;
    private const int MaxLength = 48;

    private static readonly string[] Prefixes = ["un", "in", "im", "il", "ir", "dis", "non", "de", "anti", "mis"];
    private static readonly (string First, string Second)[] Starts = [("hyper", "hypo"), ("over", "under"), ("pre", "post"), ("inter", "intra"), ("macro", "micro"), ("intro", "extro")];

    /// <summary>Whether the other question has the word that this one negates, or its contrary.</summary>
    /// <param name="vocabulary">The vocabulary.</param>
    /// <param name="token">A word that only this question has.</param>
    /// <param name="language">The language of the question.</param>
    /// <param name="onlyHere">Counts the words that only one side has.</param>
    /// <param name="otherSide">The other question.</param>
    public static bool Negates(Vocabulary vocabulary, in Token token, Language language, Tally onlyHere, int otherSide)
    {
        var text = vocabulary.TextOf(token.Surface);
        if (text.Length is < 2 or > MaxLength || token.Word == Word.Ending || token.Has(WordFlags.Negator))
        {
            return false;
        }

        var words = new Finder(vocabulary, onlyHere, otherSide);
        return HasPrefix(words, text, Prefixes) || HasPrefix(words, text, language.NegatingPrefixes) || IsContrary(words, text, Starts, LeastRest) || IsContrary(words, text, language.Contraries, LeastLength - 1) || IsContrary(words, text);
    }

    /// <summary>Whether a word is another with a negating prefix before it.</summary>
    public static bool HasPrefix(ReadOnlySpan<char> text, ReadOnlySpan<char> word)
    {
        foreach (var prefix in Prefixes)
        {
            if (word.Length >= LeastLength - 1 && text.Length == prefix.Length + word.Length && text.StartsWith(prefix, StringComparison.Ordinal) && text.EndsWith(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasPrefix(Finder words, ReadOnlySpan<char> text, string[] prefixes)
    {
        foreach (var prefix in prefixes)
        {
            if (!text.StartsWith(prefix, StringComparison.Ordinal))
            {
                continue;
            }

            var rest = text[prefix.Length..];
            if (rest.Length > 1 && rest[0] == '-')
            {
                rest = rest[1..];
            }
            else if (!IsLongEnough(rest, prefix))
            {
                continue;
            }

            if (words.Has(rest))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A short prefix may stand before a short word; a character is a word.</summary>
    private static bool IsLongEnough(ReadOnlySpan<char> word, string prefix) =>
        prefix[0] >= '\u0900' ? word.Length >= 1 : word.Length >= LeastLength || (prefix.Length == 2 && word.Length >= LeastLength - 1);

    private static bool IsContrary(Finder words, ReadOnlySpan<char> text)
    {
        if (text.EndsWith("less", StringComparison.Ordinal) && (words.Has(text[..^4]) || words.Has(text[..^4], "ful")))
        {
            return true;
        }

        if (text.EndsWith("-free", StringComparison.Ordinal) && words.Has(text[..^5]))
        {
            return true;
        }

        if (text.EndsWith("inclusive", StringComparison.Ordinal) && words.Has(text[..^9], "exclusive"))
        {
            return true;
        }

        return false;
    }

    /// <summary>Whether the other question has the same word with a contrary prefix. Each pair is found once, by its first prefix.</summary>
    private static bool IsContrary(Finder words, ReadOnlySpan<char> text, (string First, string Second)[] starts, int least)
    {
        foreach (var (one, two) in starts)
        {
            if (text.Length >= one.Length + least && text.StartsWith(one, StringComparison.Ordinal) && words.Has(two, text[one.Length..]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Looks for words that only the other question has.</summary>
    private readonly struct Finder(Vocabulary vocabulary, Tally onlyHere, int otherSide)
    {
        public bool Has(ReadOnlySpan<char> word) => vocabulary.Find(word) is var id && id >= 0 && onlyHere[id, otherSide] > 0;

        public bool Has(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
        {
            Span<char> word = stackalloc char[MaxLength * 2];
            first.CopyTo(word);
            second.CopyTo(word[first.Length..]);
            return Has(word[..(first.Length + second.Length)]);
        }
    }
}
