using RagCaching.Guards.Lexical.Facts;
using RagCaching.Guards.Lexical.Text;
using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical.Rules.Numbers;

/// <summary>Refuses when the same number has another unit or counts something else, and when both sides name currencies and none is common.</summary>
internal static class UnitRule
{
    private const double LeastOverlap = 0.3;
    private const int FewWords = 4;

    // A question with more numbers is a table.
    private const int MostNumbers = 64;

    public static bool Refuses(Comparison pair)
    {
        if (HaveOtherCurrencies(pair.A.Currencies, pair.B.Currencies))
        {
            return true;
        }

        if (pair.A.Numbers.Count > MostNumbers || pair.B.Numbers.Count > MostNumbers)
        {
            return false;
        }

        foreach (var number in pair.A.Numbers)
        {
            if (pair.Vocabulary[number.Value].Numbers[1] > 0 && !HasCompatible(pair, number.Value))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HaveOtherCurrencies(List<int> here, List<int> there)
    {
        if (here.Count == 0 || there.Count == 0)
        {
            return false;
        }

        var first = here[0];
        foreach (var currency in there)
        {
            if (currency == first || (here.Count > 1 && here.Count < MostNumbers && here.Contains(currency)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the number is said with compatible units anywhere on both sides.</summary>
    private static bool HasCompatible(Comparison pair, int value)
    {
        foreach (var here in pair.A.Numbers)
        {
            if (here.Value != value)
            {
                continue;
            }

            foreach (var there in pair.B.Numbers)
            {
                if (there.Value == value && AreCompatible(pair, here, there))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool AreCompatible(Comparison pair, NumberFact here, NumberFact there)
    {
        if (here.Unit > 0 && there.Unit > 0)
        {
            return here.Unit == there.Unit && HaveSameCase(pair, here, there);
        }

        if (here.Next < 0 || there.Next < 0)
        {
            return true;
        }

        ref readonly var first = ref pair.A.Tokens[here.Next];
        ref readonly var second = ref pair.B.Tokens[there.Next];
        if (first.Stem == second.Stem)
        {
            return HaveSameCase(pair, here, there);
        }

        if (first.HasInnerSign || second.HasInnerSign)
        {
            // "a 15 year-old" and "a 15 year old".
            var one = pair.Vocabulary.TextOf(first.Surface);
            var two = pair.Vocabulary.TextOf(second.Surface);
            return one.StartsWith(two, StringComparison.Ordinal) || two.StartsWith(one, StringComparison.Ordinal);
        }

        return Counts(pair, first, 1) is false || Counts(pair, second, 0) is false || ((first.Word?.Synonyms ?? 0) & (second.Word?.Synonyms ?? 0)) != 0
            || IsYear(pair.Vocabulary.TextOf(here.Value)) || !pair.Overlaps(LeastOverlap, FewWords);
    }

    /// <summary>Whether the word says what is counted: it carries content, and the other side does not have it elsewhere.</summary>
    private static bool Counts(Comparison pair, in Token word, int otherSide) =>
        (!word.IsStop || word.Word!.Unit > 0) && !word.Has(WordFlags.Marker | WordFlags.Coordinator) && word.Word is not { Number: >= 0 } && pair.Vocabulary[word.Stem].Stems[otherSide] == 0;

    private static bool IsYear(ReadOnlySpan<char> number) => number.Length == 4 && number[0] is '1' or '2' && !number.ContainsAnyExceptInRange('0', '9');

    /// <summary>"mW" and "MW", "Mb" and "MB", "5 m" and "5 M".</summary>
    private static bool HaveSameCase(Comparison pair, NumberFact here, NumberFact there)
    {
        if (here.Next < 0 || there.Next < 0)
        {
            return true;
        }

        ref readonly var first = ref pair.A.Tokens[here.Next];
        ref readonly var second = ref pair.B.Tokens[there.Next];
        return first.Surface != second.Surface || !UnitSymbols.DifferByCase(pair.Vocabulary.TextOf(first.Surface), first.Upper, second.Upper);
    }
}
