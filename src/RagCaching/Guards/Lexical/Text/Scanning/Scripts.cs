namespace RagCaching.Guards.Lexical.Text.Scanning;

/// <summary>Tells the script of a letter by its block.</summary>
internal static class Scripts
{
    public static Script Of(char c) => c switch
    {
        < '\u0300' => Script.Latin,
        < '\u0400' => c < '\u0370' ? Script.None : Script.Greek,
        < '\u0530' => Script.Cyrillic,
        < '\u0590' => Script.Other,
        < '\u0600' => Script.Hebrew,
        < '\u0700' => Script.Arabic,
        < '\u0900' => c is (>= '\u0750' and < '\u0780') or >= '\u08A0' ? Script.Arabic : Script.Other,
        < '\u0980' => Script.Devanagari,
        < '\u0A00' => Script.Bengali,
        < '\u0E00' => Script.Other,
        < '\u0E80' => Script.Thai,
        < '\u0F00' => Script.SouthEastAsian,
        < '\u10A0' => c >= '\u1000' ? Script.SouthEastAsian : Script.Other,
        < '\u3000' => OfMiddle(c),
        < '\u3100' => c < '\u3040' ? Script.Han : c < '\u30A0' ? Script.Hiragana : Script.Katakana,
        < '\u3400' => c is >= '\u31F0' and < '\u3200' ? Script.Katakana : Script.Other,
        < '\uA000' => Script.Han,
        >= '\uAC00' and < '\uD7B0' => Script.Hangul,
        >= '\uD800' and < '\uE000' => Script.Han,
        >= '\uF900' and < '\uFB00' => Script.Han,
        >= '\uFB1D' and < '\uFB50' => Script.Hebrew,
        >= '\uFB50' and < '\uFF00' => Script.Arabic,
        _ => Script.Other,
    };

    private static Script OfMiddle(char c) => c switch
    {
        >= '\u1100' and < '\u1200' => Script.Hangul,
        >= '\u1780' and < '\u1800' => Script.SouthEastAsian,
        >= '\u1E00' and < '\u1F00' => Script.Latin,
        >= '\u1F00' and < '\u2000' => Script.Greek,
        >= '\u2C60' and < '\u2C80' => Script.Latin,
        _ => Script.Other,
    };
}
