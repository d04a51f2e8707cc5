using System.Globalization;
using System.Text;

namespace RagCaching.Quality.Encoding;

/// <summary>The first half of BERT's tokenisation: clean, split and fold a text, so that what is left to WordPiece are words between blanks.</summary>
/// <remarks>
/// The basic tokenisation of Microsoft.ML.Tokenizers is not used: it drops symbols (https://github.com/dotnet/machinelearning/issues/7725), so that "C++" becomes "C", and joins words across
/// line ends (https://github.com/dotnet/machinelearning/issues/7724). Rules: J. Devlin et al., BERT, <c>tokenization.py</c>, uncased. Thread-safe.
/// </remarks>
internal static class BertBasicTokenizer
{
    private static readonly (int First, int Last)[] CjkBlocks =
    [
        (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F), (0x2B820, 0x2CEAF), (0x2F800, 0x2FA1F),
    ];

    /// <summary>Gets a value indicating whether this process can decompose characters; without ICU, accents would silently stay.</summary>
    public static bool IsSupported { get; } = "\u00E9".Normalize(NormalizationForm.FormD).Length == 2;

    /// <summary>Splits a text into lower-case words, symbols and punctuation marks, each between blanks.</summary>
    public static string Split(string text) => SplitPunctuation(StripMarks(Clean(text)).ToLowerInvariant());

    // Control characters go, all white space becomes a blank, and every CJK character stands alone. A lone surrogate is read as U+FFFD, and goes too.
    private static string Clean(string text)
    {
        var cleaned = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\t' or '\n' or '\r')
            {
                cleaned.Append(' ');
            }
            else if (rune == Rune.ReplacementChar || IsControl(Rune.GetUnicodeCategory(rune)))
            {
                continue;
            }
            else if (Rune.IsWhiteSpace(rune))
            {
                cleaned.Append(' ');
            }
            else
            {
                Append(cleaned, rune, standsAlone: IsCjk(rune.Value));
            }
        }

        return cleaned.ToString();
    }

    private static string StripMarks(string text)
    {
        var stripped = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark)
            {
                Append(stripped, rune, standsAlone: false);
            }
        }

        return stripped.ToString();
    }

    private static string SplitPunctuation(string text)
    {
        var split = new StringBuilder(text.Length * 2);
        foreach (var rune in text.EnumerateRunes())
        {
            Append(split, rune, IsPunctuation(rune));
        }

        return split.ToString();
    }

    private static void Append(StringBuilder builder, Rune rune, bool standsAlone)
    {
        if (standsAlone)
        {
            builder.Append(' ').Append(rune).Append(' ');
        }
        else
        {
            builder.Append(rune);
        }
    }

    private static bool IsControl(UnicodeCategory category) => category
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    private static bool IsCjk(int value) => CjkBlocks.Any(block => value >= block.First && value <= block.Last);

    // Unicode calls $ + < = > ^ ` | ~ symbols; to BERT they are punctuation, but symbols beyond ASCII are not.
    private static bool IsPunctuation(Rune rune) => rune.IsAscii ? rune.Value != ' ' && !Rune.IsLetterOrDigit(rune) : Rune.IsPunctuation(rune);
}
