namespace RagCaching.Guards.Lexical.Facts;

/// <summary>Recognises a word made of another by a negating prefix or ending.</summary>
internal static class NegatedForm
{
    private const int LeastLength = 4;

    private static readonly string[] Prefixes = ["un", "in", "im", "il", "ir", "dis", "non", "de", "anti", "mis"];
    private static readonly (string First, string Second)[] Endings = [("ful", "less"), ("inclusive", "exclusive")];
    private static readonly (string First, string Second)[] Starts = [("hyper", "hypo"), ("over", "under"), ("pre", "post"), ("inter", "intra"), ("macro", "micro"), ("intro", "extro")];

    public static bool IsNegated(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        if (first.Length < 3 || second.Length < 3)
        {
            return false;
        }

        // All forms but -less end alike; most pairs of words end here.
        if (first[^1] != second[^1] && !first.EndsWith("less", StringComparison.Ordinal) && !second.EndsWith("less", StringComparison.Ordinal))
        {
            return false;
        }

        return first.Length > second.Length ? IsPrefixed(first, second) || Exchanges(first, second) : IsPrefixed(second, first) || Exchanges(second, first);
    }

    private static bool IsPrefixed(ReadOnlySpan<char> longer, ReadOnlySpan<char> shorter)
    {
        var added = longer.Length - shorter.Length;
        if (added is < 2 or > 4 || longer.Contains('-'))
        {
            return false;
        }

        if (longer.StartsWith(shorter, StringComparison.Ordinal))
        {
            return longer[shorter.Length..] is "less";
        }

        if ((shorter.Length < LeastLength && added != 2) || !longer.EndsWith(shorter, StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var prefix in Prefixes)
        {
            if (longer[..added].SequenceEqual(prefix))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Exchanges(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        foreach (var (one, two) in Endings)
        {
            if (ExchangesEnding(first, second, one, two) || ExchangesEnding(second, first, one, two))
            {
                return true;
            }
        }

        foreach (var (one, two) in Starts)
        {
            if (ExchangesStart(first, second, one, two) || ExchangesStart(second, first, one, two))
            {
                return true;
            }
        }

        return false;
    }

    private static bool ExchangesEnding(ReadOnlySpan<char> first, ReadOnlySpan<char> second, string one, string two) =>
        first.EndsWith(one, StringComparison.Ordinal) && second.EndsWith(two, StringComparison.Ordinal) && first[..^one.Length].SequenceEqual(second[..^two.Length]);

    private static bool ExchangesStart(ReadOnlySpan<char> first, ReadOnlySpan<char> second, string one, string two) =>
        first.Length > one.Length + 2 && first.StartsWith(one, StringComparison.Ordinal) && second.StartsWith(two, StringComparison.Ordinal)
        && first[one.Length..].SequenceEqual(second[two.Length..]);
}
