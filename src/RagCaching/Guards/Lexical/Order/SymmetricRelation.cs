using RagCaching.Guards.Lexical.Text;
using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical.Order;

/// <summary>Recognises relations that hold both ways: "Ann is married to Bob".</summary>
internal static class SymmetricRelation
{
    private const WordFlags Function = WordFlags.Stop | WordFlags.Marker | WordFlags.Coordinator;

    /// <summary>Whether two blocks changed places around a symmetric relation and function words.</summary>
    public static bool Exchanges(Vocabulary vocabulary, ReadOnlySpan<OrderItem> x, ReadOnlySpan<OrderItem> y)
    {
        if (!IsNamed(vocabulary, x))
        {
            return false;
        }

        for (var left = 1; left < x.Length; left++)
        {
            for (var right = 1; right <= x.Length - left; right++)
            {
                if (Blocks.AreExchanged(x, y, left, right) && Relates(vocabulary, x[left..^right]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    public static bool IsNamed(Vocabulary vocabulary, ReadOnlySpan<OrderItem> items)
    {
        foreach (var item in items)
        {
            if (IsSymmetric(vocabulary, item))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSymmetric(Vocabulary vocabulary, OrderItem item) =>
        (vocabulary.FlagsOfStem(item.Id) & WordFlags.Symmetric) != 0;

    private static bool Relates(Vocabulary vocabulary, ReadOnlySpan<OrderItem> middle)
    {
        var isNamed = false;
        foreach (var item in middle)
        {
            var isSymmetric = IsSymmetric(vocabulary, item);
            if ((!isSymmetric && !item.Has(Function)) || vocabulary.TextOf(item.Id) is "from" or "than")
            {
                return false;
            }

            isNamed |= isSymmetric;
        }

        return isNamed;
    }
}
