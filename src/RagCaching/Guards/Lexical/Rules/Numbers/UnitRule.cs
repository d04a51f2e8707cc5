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

    /// <summary>Whether the number is said with compatible units: each time where both sides say it as often, else anywhere.</summary>
    private static bool HasCompatible(Comparison pair, int value)
    {
        ref readonly var entry = ref pair.Vocabulary[value];
        if (entry.Numbers[0] > 1 && entry.Numbers[0] == entry.Numbers[1])
        {
            return HasAll(pair, value);
        }

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

    /// <summary>Whether each of the equal numbers has its own match: one with the same unit or word, or a compatible one that is nobody else's.</summary>
    private static bool HasAll(Comparison pair, int value)
    {
        foreach (var here in pair.A.Numbers)
        {
            if (here.Value == value && !HasOwn(pair, here))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasOwn(Comparison pair, NumberFact here)
    {
        var isCompatible = false;
        foreach (var there in pair.B.Numbers)
        {
            if (there.Value == here.Value)
            {
                if (AreEqual(pair, here, there))
                {
                    return true;
                }

                isCompatible |= AreCompatible(pair, here, there) && !HasEqual(pair, there);
            }
        }

        return isCompatible;
    }

    private static bool HasEqual(Comparison pair, NumberFact there)
    {
        foreach (var here in pair.A.Numbers)
        {
            if (here.Value == there.Value && AreEqual(pair, here, there))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AreEqual(Comparison pair, NumberFact here, NumberFact there) =>
        (here.Unit > 0 && here.Unit == there.Unit && HaveSameCase(pair, here, there))
        || (here.Next < 0 && there.Next < 0)
        || (here.Next >= 0 && there.Next >= 0 && pair.A.Tokens[here.Next].Stem == pair.B.Tokens[there.Next].Stem && HaveSameCase(pair, here, there));

    private static bool AreCompatible(Comparison pair, NumberFact here, NumberFact there)
    {
        if (here.Unit > 0 && there.Unit > 0)
        {
            return AreSameUnit(pair, here.Unit, there.Unit) && HaveSameCase(pair, here, there);
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

    /// <summary>Equal units, or a rate that the other side says in other words: "5 mg/day" and "5 mg a day".</summary>
    private static bool AreSameUnit(Comparison pair, int here, int there)
    {
        if (here == there)
        {
            return true;
        }

        var (first, second) = (UnitReader.PerOf(here), UnitReader.PerOf(there));
        return (UnitReader.BaseOf(here) == UnitReader.BaseOf(there) || ArePounds(pair.Vocabulary, UnitReader.BaseOf(here), UnitReader.BaseOf(there)))
            && (first == second || (first == 0 && Names(pair.A, second)) || (second == 0 && Names(pair.B, first)));
    }

    /// <summary>"£15" is "15 pounds", the word for which is a weight too.</summary>
    private static bool ArePounds(Vocabulary vocabulary, int here, int there)
    {
        var (money, weight) = (vocabulary.Tables.Find("gbp")!.Unit, vocabulary.Tables.Find("pound")!.Unit);
        return vocabulary.Find("pounds") >= 0 && ((here == money && there == weight) || (here == weight && there == money));
    }

    private static bool Names(Question question, int unit)
    {
        foreach (var position in question.Words)
        {
            if (question.Tokens[position].Word is { } word && word.Unit == unit)
            {
                return true;
            }
        }

        return false;
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
