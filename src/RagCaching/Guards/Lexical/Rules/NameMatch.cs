using RagCaching.Guards.Lexical.Facts;
using RagCaching.Guards.Lexical.Text;
using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical.Rules;

/// <summary>Tells whether a name of one side is there on the other, also in lower case, with a typo, run together, or as initials.</summary>
internal static class NameMatch
{
    private const int LeastLength = 4;
    private const int LeastLengthForTypo = 5;
    private const int LongestAcronym = 6;

    public static bool IsPresent(Comparison pair, Question question, in Token name)
    {
        var vocabulary = pair.Vocabulary;
        var other = pair.Other(question);
        if (vocabulary[name.Surface].Surfaces[other.Side] > 0 || vocabulary[name.Stem].Stems[other.Side] > 0)
        {
            return true;
        }

        var synonyms = name.Word?.Synonyms ?? 0;
        if ((synonyms & other.Synonyms) != 0)
        {
            return true;
        }

        // Two protected words that look alike are what the application wants to have told apart.
        if (name.Has(WordFlags.Protected))
        {
            return false;
        }

        var text = vocabulary.TextOf(name.Surface);
        if (text.Length >= LeastLength && TextSearch.ContainsRunTogether(vocabulary, other, text, lettersOnly: true))
        {
            return true;
        }

        return IsNearAnother(vocabulary, question, other, text)
            || (name.Capitals == Capitals.All && text.Length <= LongestAcronym && (AreInitials(vocabulary, other, text, skipStops: false) || AreInitials(vocabulary, other, text, skipStops: true)));
    }

    private static bool IsNearAnother(Vocabulary vocabulary, Question question, Question other, ReadOnlySpan<char> name)
    {
        if (name.Length < LeastLength)
        {
            return false;
        }

        foreach (var position in other.Words)
        {
            ref readonly var token = ref other.Tokens[position];
            if (vocabulary[token.Surface].Surfaces[question.Side] > 0)
            {
                continue;
            }

            var word = vocabulary.TextOf(token.Surface);
            if (word[0] == name[0] && ((word.Length >= LeastLength && (word.StartsWith(name) || name.StartsWith(word))) || IsTypo(word, name)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>One letter more, less, other, or two neighbours exchanged.</summary>
    private static bool IsTypo(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        if (first.Length < second.Length)
        {
            return IsTypo(second, first);
        }

        if (second.Length < LeastLengthForTypo || first.Length - second.Length > 1)
        {
            return false;
        }

        var same = first.CommonPrefixLength(second);
        if (first.Length > second.Length)
        {
            return first[(same + 1)..].SequenceEqual(second[same..]);
        }

        return first[(same + 1)..].SequenceEqual(second[(same + 1)..])
            || (same + 1 < first.Length && first[same] == second[same + 1] && first[same + 1] == second[same] && first[(same + 2)..].SequenceEqual(second[(same + 2)..]));
    }

    private static bool AreInitials(Vocabulary vocabulary, Question question, ReadOnlySpan<char> acronym, bool skipStops)
    {
        for (var start = 0; start < question.Words.Count; start++)
        {
            var matched = 0;
            for (var i = start; i < question.Words.Count && matched < acronym.Length; i++)
            {
                ref readonly var token = ref question.Tokens[question.Words[i]];
                if (skipStops && token.IsStop)
                {
                    continue;
                }

                if (vocabulary.TextOf(token.Surface)[0] != acronym[matched])
                {
                    break;
                }

                matched++;
            }

            if (matched == acronym.Length)
            {
                return true;
            }
        }

        return false;
    }
}
