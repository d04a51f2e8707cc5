using RagCaching.Guards.Lexical.Facts;
using RagCaching.Guards.Lexical.Text;

namespace RagCaching.Guards.Lexical.Rules.Names;

/// <summary>Finds a name with a typo.</summary>
/// <remarks>
/// Two neighbouring letters exchanged, and a mark that is left out by somebody who types none, are hardly ever another name. One letter more, less or other
/// often is, and counts as a typo only where the application says so.
/// </remarks>
internal static class NameTypos
{
    private const int LeastLength = 5;
    private const int MostWords = 256;

    public static bool IsNearAnother(Vocabulary vocabulary, Question question, Question other, ReadOnlySpan<char> name, bool allowsOthers)
    {
        var words = Math.Min(other.Words.Count, MostWords);
        for (var i = 0; i < words; i++)
        {
            var id = other.WordAt(i).Surface;
            if (vocabulary[id].Surfaces[question.Side] == 0 && vocabulary.TextOf(id) is var word && word[0] == name[0] && name.Length >= LeastLength
                && (AreExchanged(word, name) || (allowsOthers && IsTypo(word, name))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AreExchanged(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        var same = first.CommonPrefixLength(second);
        return first.Length == second.Length && same + 1 < first.Length && first[same] == second[same + 1] && first[same + 1] == second[same]
            && first[(same + 2)..].SequenceEqual(second[(same + 2)..]);
    }

    /// <summary>One letter more, less or other.</summary>
    private static bool IsTypo(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        if (first.Length < second.Length)
        {
            return IsTypo(second, first);
        }

        if (second.Length < LeastLength || first.Length - second.Length > 1)
        {
            return false;
        }

        var same = first.CommonPrefixLength(second);
        if (first.Length > second.Length)
        {
            return first[(same + 1)..].SequenceEqual(second[same..]);
        }

        return first[(same + 1)..].SequenceEqual(second[(same + 1)..]);
    }
}
