using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical.Order;

/// <summary>Recognises that only members of an enumeration changed places: "tea and coffee".</summary>
internal static class Coordination
{
    private const int MaxSuffix = 4;
    private const int MaxPrefix = 3;
    private const int MostWords = 128;

    public static bool IsReordered(ReadOnlySpan<OrderItem> first, ReadOnlySpan<OrderItem> second)
    {
        var (prefix, suffix) = Blocks.CommonEnds(first, second);
        if (first.Length - prefix - suffix > MostWords || !HasCoordinator(first[prefix..^suffix]) || !HasCoordinator(second[prefix..^suffix]))
        {
            return false;
        }

        for (var after = 0; after <= Math.Min(suffix, MaxSuffix); after++)
        {
            for (var before = 0; before <= Math.Min(prefix, MaxPrefix); before++)
            {
                var start = prefix - before;
                var end = suffix - after;
                if (HaveSameSegments(first[start..^end], second[start..^end]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    public static bool HasCoordinator(ReadOnlySpan<OrderItem> items)
    {
        foreach (var item in items)
        {
            if (item.Has(WordFlags.Coordinator))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Every segment of the one occurs as often in the other. Both have the same words, so both have as many segments or differ.</summary>
    private static bool HaveSameSegments(ReadOnlySpan<OrderItem> first, ReadOnlySpan<OrderItem> second)
    {
        var start = 0;
        for (var i = 0; i <= first.Length; i++)
        {
            if (i == first.Length || first[i].Has(WordFlags.Coordinator))
            {
                var segment = first[start..i];
                if (Count(first, segment) != Count(second, segment))
                {
                    return false;
                }

                start = i + 1;
            }
        }

        return true;
    }

    private static int Count(ReadOnlySpan<OrderItem> items, ReadOnlySpan<OrderItem> segment)
    {
        var count = 0;
        var start = 0;
        for (var i = 0; i <= items.Length; i++)
        {
            if (i == items.Length || items[i].Has(WordFlags.Coordinator))
            {
                count += Blocks.AreEqual(items[start..i], segment) ? 1 : 0;
                start = i + 1;
            }
        }

        return count;
    }
}
