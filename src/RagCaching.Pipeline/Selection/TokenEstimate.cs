using System.Globalization;

namespace RagCaching.Pipeline.Selection;

/// <summary>Estimates how many tokens a text has, by the scripts in it: a token is some four letters of English, and less than one character of Chinese, Japanese or Thai.</summary>
/// <remarks>
/// Rather too many than too few, since a budget is a limit. The shares are those of byte-pair encodings of current models, rounded: a quarter for Latin letters, half for other alphabets,
/// a whole one for characters of scripts without an alphabet, of Indic scripts and of Thai.
/// </remarks>
internal static class TokenEstimate
{
    private const int Whole = 4;
    private const int Half = 2;
    private const int Quarter = 1;

    /// <summary>Estimates.</summary>
    public static int Of(string text)
    {
        long quarters = 0;
        foreach (var character in text)
        {
            quarters += WeightOf(character);
        }

        return (int)Math.Min((quarters + Whole - 1) / Whole, int.MaxValue);
    }

    private static int WeightOf(char character) => character switch
    {
        < '\u0250' => Quarter,

        // Greek, Cyrillic, Armenian, Hebrew, Arabic.
        < '\u0900' => Half,

        // Latin and Greek with marks, punctuation.
        >= '\u1E00' and < '\u2070' => Half,
        _ when char.GetUnicodeCategory(character) is UnicodeCategory.SpaceSeparator => Quarter,
        _ => Whole,
    };
}
