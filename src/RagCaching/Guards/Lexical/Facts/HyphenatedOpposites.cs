using RagCaching.Guards.Lexical.Text;

namespace RagCaching.Guards.Lexical.Facts;

/// <summary>Finds words of several parts that differ in one part, which is the opposite of the other: "child-safe" and "child-unsafe".</summary>
internal static class HyphenatedOpposites
{
    // Bounds the work of a question that is nothing but such words.
    private const int MostWords = 16;

    public static int Count(Comparison pair)
    {
        var count = 0;
        var seen = 0;
        foreach (var here in pair.A.OnlyHere)
        {
            if (!pair.A.Tokens[here].HasInnerSign || ++seen > MostWords)
            {
                continue;
            }

            var others = 0;
            foreach (var there in pair.B.OnlyHere)
            {
                count += pair.B.Tokens[there].HasInnerSign && ++others <= MostWords && AreOpposites(pair.Vocabulary, pair.A.Tokens[here], pair.B.Tokens[there]) ? 1 : 0;
            }
        }

        return count;
    }

    private static bool AreOpposites(Vocabulary vocabulary, in Token here, in Token there)
    {
        var first = vocabulary.TextOf(here.Surface);
        var second = vocabulary.TextOf(there.Surface);
        var start = first[..first.CommonPrefixLength(second)].LastIndexOf('-') + 1;
        first = first[start..];
        second = second[start..];
        var (one, two) = (first.IndexOf('-'), second.IndexOf('-'));
        if (one < 0 != two < 0 || (one < 0 && start == 0) || (one >= 0 && !first[one..].SequenceEqual(second[two..])))
        {
            return false;
        }

        first = one < 0 ? first : first[..one];
        second = one < 0 ? second : second[..two];
        return first is "non" || second is "non" || NegatedForm.HasPrefix(first, second) || NegatedForm.HasPrefix(second, first) || AreInTable(vocabulary, first, second);
    }

    private static bool AreInTable(Vocabulary vocabulary, ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        foreach (var (text, _) in vocabulary.Tables.FactsOf(first, string.GetHashCode(first))?.Opposites ?? [])
        {
            if (second.SequenceEqual(text))
            {
                return true;
            }
        }

        return false;
    }
}
