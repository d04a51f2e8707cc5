using RagCaching.Guards.Lexical.Facts;
using RagCaching.Guards.Lexical.Text;

namespace RagCaching.Guards.Lexical.Rules.Names;

/// <summary>Compares acronyms with the words that they stand for: "UK" and "United Kingdom".</summary>
internal static class Initials
{
    private const int MostWords = 256;
    private const int LongestAcronym = 6;
    private const int MostAcronyms = 16;
    private const int LeastCompound = 8;
    private const int LeastPart = 3;

    /// <summary>Whether words of a question begin with the letters of an acronym, with or without small words between them.</summary>
    public static bool AreOf(Vocabulary vocabulary, Question question, ReadOnlySpan<char> acronym)
    {
        Span<char> buffer = stackalloc char[LongestAcronym];
        var letters = WithoutPoints(acronym, buffer);
        return Find(vocabulary, question, letters, skipStops: false, -1) || Find(vocabulary, question, letters, skipStops: true, -1);
    }

    /// <summary>Whether a name is one of the words that an acronym of the other question stands for.</summary>
    public static bool StandIn(Comparison pair, Question question, int position, Question other)
    {
        Span<char> letters = stackalloc char[LongestAcronym];
        var names = Math.Min(other.Names.Count, MostAcronyms);
        for (var i = 0; i < names; i++)
        {
            ref readonly var token = ref other.Tokens[other.Names[i]];
            if (token.Capitals == Capitals.All && pair.Vocabulary[token.Surface] is { Length: <= LongestAcronym } entry && entry.Surfaces[question.Side] == 0
                && WithoutPoints(pair.Vocabulary.TextOf(token.Surface), letters) is var text
                && (Find(pair.Vocabulary, question, text, skipStops: false, position) || Find(pair.Vocabulary, question, text, skipStops: true, position)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>"L.A." stands for what "LA" does.</summary>
    private static ReadOnlySpan<char> WithoutPoints(ReadOnlySpan<char> acronym, Span<char> letters)
    {
        if (!acronym.Contains('.'))
        {
            return acronym;
        }

        var length = 0;
        foreach (var c in acronym)
        {
            if (c != '.')
            {
                letters[length++] = c;
            }
        }

        return letters[..length];
    }

    private static bool Find(Vocabulary vocabulary, Question question, ReadOnlySpan<char> acronym, bool skipStops, int through)
    {
        var hasCompounds = vocabulary.Tables.Languages[question.Style.Language].HasDigraphs;
        var words = Math.Min(question.Words.Count, MostWords);
        for (var start = 0; start < words; start++)
        {
            var matched = 0;
            var passes = through < 0;
            for (var i = start; i < question.Words.Count && matched < acronym.Length; i++)
            {
                ref readonly var token = ref question.Tokens[question.Words[i]];
                if (skipStops && token.IsStop)
                {
                    continue;
                }

                var word = vocabulary.TextOf(token.Surface);
                if (word[0] != acronym[matched])
                {
                    break;
                }

                passes |= question.Words[i] == through;
                matched++;

                // "EZB" is "Europ\u00E4ische Zentralbank": the last letter stands inside of a compound.
                if (matched >= 2 && hasCompounds && matched == acronym.Length - 1 && word.Length >= LeastCompound && word[LeastPart..].Contains(acronym[matched]))
                {
                    matched++;
                }
            }

            if (matched == acronym.Length && passes)
            {
                return true;
            }
        }

        return false;
    }
}
