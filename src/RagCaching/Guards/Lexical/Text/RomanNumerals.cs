namespace RagCaching.Guards.Lexical.Text;

/// <summary>Roman numerals that are hardly ever anything else; "V", "X" and "I" are letters and words too.</summary>
internal static class RomanNumerals
{
    public static byte ValueOf(ReadOnlySpan<char> word) => word switch
    {
        "II" => 2,
        "III" => 3,
        "IV" => 4,
        "VI" => 6,
        "VII" => 7,
        "VIII" => 8,
        "IX" => 9,
        "XI" => 11,
        "XII" => 12,
        _ => 0,
    };
}
