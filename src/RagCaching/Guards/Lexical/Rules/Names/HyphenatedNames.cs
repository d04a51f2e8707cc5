using RagCaching.Guards.Lexical.Facts;
using RagCaching.Guards.Lexical.Text;

namespace RagCaching.Guards.Lexical.Rules.Names;

/// <summary>Compares "Israel-Palestine" with "Israel and Palestine". A name with one part more, such as "Guinea-Bissau", is another name.</summary>
internal static class HyphenatedNames
{
    private const int MostWords = 256;

    /// <summary>Whether all parts of a hyphenated name are words of the other question, or a name is such a part there.</summary>
    public static bool ArePresent(Vocabulary vocabulary, Question question, Question other, in Token name)
    {
        var text = vocabulary.TextOf(name.Surface);
        if (name.HasInnerSign && text.Contains('-'))
        {
            return HasParts(vocabulary, other, text, out _, []);
        }

        var words = Math.Min(other.Words.Count, MostWords);
        for (var i = 0; i < words; i++)
        {
            var word = other.WordAt(i);
            if (word.HasInnerSign && HasParts(vocabulary, question, vocabulary.TextOf(word.Surface), out var isPart, text) && isPart)
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasParts(Vocabulary vocabulary, Question question, ReadOnlySpan<char> text, out bool isPart, ReadOnlySpan<char> part)
    {
        isPart = false;
        var parts = 0;
        var before = -1;
        while (!text.IsEmpty)
        {
            var hyphen = text.IndexOf('-');
            var next = hyphen < 0 ? text : text[..hyphen];
            if (next.Length < 2 || vocabulary.Find(next) is not (>= 0 and var id) || (vocabulary[id].Surfaces[question.Side] == 0 && vocabulary[id].Stems[question.Side] == 0))
            {
                return false;
            }

            // "Baden-Baden" needs two of them.
            if (id == before && vocabulary[id].Surfaces[question.Side] < 2)
            {
                return false;
            }

            before = id;
            parts++;
            isPart |= next.SequenceEqual(part);
            text = hyphen < 0 ? [] : text[(hyphen + 1)..];
        }

        return parts > 1;
    }
}
