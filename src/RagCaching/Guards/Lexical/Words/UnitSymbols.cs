using System.Numerics;

namespace RagCaching.Guards.Lexical.Words;

/// <summary>Tells unit symbols that only their case distinguishes, such as "mW" and "MW", from units that are typed carelessly.</summary>
internal static class UnitSymbols
{
    /// <summary>Whether two spellings of a word name different units.</summary>
    /// <param name="lower">The word in lower case.</param>
    /// <param name="first">A bit for each letter that is a capital in the one.</param>
    /// <param name="second">The same for the other.</param>
    public static bool DifferByCase(ReadOnlySpan<char> lower, ushort first, ushort second)
    {
        var differs = first ^ second;
        if (differs == 0 || lower.Length > 4)
        {
            return false;
        }

        if (lower.Length == 1)
        {
            return lower[0] == 'm';
        }

        // "50 mb" and "50 MB": somebody did not care for capitals at all.
        var all = (1 << lower.Length) - 1;
        if ((first == 0 && second == all) || (second == 0 && first == all))
        {
            return false;
        }

        return ((differs & 1) != 0 && lower[0] == 'm' && IsBase(lower[1..]))
            || ((differs >> (lower.Length - 1) & 1) != 0 && lower[^1] == 'b' && lower[0] is 'k' or 'm' or 'g' or 't' or 'p' or 'e' && BitOperations.PopCount((uint)(first | second)) > 0);
    }

    private static bool IsBase(ReadOnlySpan<char> symbol) =>
        symbol is "w" or "wh" or "v" or "a" or "ah" or "hz" or "g" or "m" or "n" or "j" or "pa" or "b" or "bit" or "bps" or "\u03C9" or "ev" or "bar" or "t" or "bq" or "sv" or "mol" or "s" or "f" or "c" or "h";
}
