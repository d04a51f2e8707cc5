namespace RagCaching.Guards.Lexical.Order;

/// <summary>Finds how one sequence was made of another by moving blocks.</summary>
internal static class Blocks
{
    /// <summary>Longer sequences are not searched for exchanged blocks.</summary>
    public const int MaxLength = 64;

    public static bool AreEqual(ReadOnlySpan<OrderItem> first, ReadOnlySpan<OrderItem> second)
    {
        if (first.Length != second.Length)
        {
            return false;
        }

        for (var i = 0; i < first.Length; i++)
        {
            if (first[i].Id != second[i].Id)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Cuts what both have in common at their begins and ends.</summary>
    public static (int Prefix, int Suffix) CommonEnds(ReadOnlySpan<OrderItem> first, ReadOnlySpan<OrderItem> second)
    {
        var shorter = Math.Min(first.Length, second.Length);
        var prefix = 0;
        while (prefix < shorter && first[prefix].Id == second[prefix].Id)
        {
            prefix++;
        }

        var suffix = 0;
        while (suffix < shorter - prefix && first[^(suffix + 1)].Id == second[^(suffix + 1)].Id)
        {
            suffix++;
        }

        return (prefix, suffix);
    }

    /// <summary>Gets after how many words <paramref name="first"/> must be cut and put together the other way round to give <paramref name="second"/>; 0 if nowhere.</summary>
    public static int RotationOf(ReadOnlySpan<OrderItem> first, ReadOnlySpan<OrderItem> second)
    {
        for (var cut = 1; cut < first.Length; cut++)
        {
            if (first[cut].Id == second[0].Id && AreEqual(first[cut..], second[..^cut]) && AreEqual(first[..cut], second[^cut..]))
            {
                return cut;
            }
        }

        return 0;
    }

    /// <summary>Whether <paramref name="second"/> is Q m P when <paramref name="first"/> is P m Q with the given lengths of P and Q.</summary>
    public static bool AreExchanged(ReadOnlySpan<OrderItem> first, ReadOnlySpan<OrderItem> second, int left, int right) =>
        first[^right].Id == second[0].Id && AreEqual(first[^right..], second[..right]) && AreEqual(first[..left], second[^left..])
        && AreEqual(first[left..^right], second[right..^left]);
}
