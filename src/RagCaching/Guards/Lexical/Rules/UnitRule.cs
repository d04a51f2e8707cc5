using RagCaching.Guards.Lexical.Facts;

namespace RagCaching.Guards.Lexical.Rules;

/// <summary>Refuses when the same number has other units, or both sides name currencies and none is common.</summary>
internal static class UnitRule
{
    public static bool Refuses(Comparison pair)
    {
        if (pair.A.Currencies != 0 && pair.B.Currencies != 0 && (pair.A.Currencies & pair.B.Currencies) == 0)
        {
            return true;
        }

        foreach (var number in pair.A.Numbers)
        {
            if (number.Unit > 0)
            {
                var units = UnitsOf(pair.B, number.Value);
                if (units != 0 && (units & UnitsOf(pair.A, number.Value)) == 0)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static ulong UnitsOf(Question question, int value)
    {
        var units = 0ul;
        foreach (var number in question.Numbers)
        {
            units |= number.Value == value && number.Unit > 0 ? 1ul << number.Unit : 0;
        }

        return units;
    }
}
