using RagCaching.Guards.Lexical.Facts;
using RagCaching.Guards.Lexical.Text;
using RagCaching.Guards.Lexical.Text.Scanning;

namespace RagCaching.Guards.Lexical.Rules;

/// <summary>Refuses the same question in another language or script: the answer would be in the wrong one.</summary>
internal static class LanguageRule
{
    private const int LeastLetters = 3;
    private const int LeastCharacters = 2;

    public static bool Refuses(Comparison pair)
    {
        var (a, b) = (pair.A.Style, pair.B.Style);
        if (a.Language != b.Language && a.IsLanguageClear && b.IsLanguageClear && !AreEastAsian(a, b))
        {
            return true;
        }

        for (var script = Script.Cyrillic; script <= Script.SouthEastAsian; script++)
        {
            if (IsForeign(a.LettersOf(script), b.LettersOf(script), LeastLetters))
            {
                return true;
            }
        }

        return IsForeign(a.EastAsianLetters, b.EastAsianLetters, LeastCharacters);
    }

    /// <summary>Chinese and Japanese share characters, and a short question may be either.</summary>
    private static bool AreEastAsian(TextStyle a, TextStyle b) => a.EastAsianLetters > 0 && b.EastAsianLetters > 0;

    private static bool IsForeign(int here, int there, int least) => (here >= least && there == 0) || (there >= least && here == 0);
}
