using System.Globalization;
using System.Text;

namespace RagCaching.Onnx.Tokenization;

/// <summary>The kinds of characters that BERT's tokenisation distinguishes.</summary>
/// <remarks>Rules: J. Devlin et al., BERT, <c>tokenization.py</c>. Thread-safe, and independent of the installed ICU.</remarks>
internal static class BertCharacters
{
    /// <summary>Gets whether a character vanishes: controls, formats, private use, and what could not be decoded. Unassigned characters stay, as in Hugging Face's <c>tokenizers</c>, whose Unicode is older.</summary>
    public static bool IsDropped(Rune rune) => rune.Value is not ('\t' or '\n' or '\r') && (rune == Rune.ReplacementChar || IsOther(Rune.GetUnicodeCategory(rune)));

    /// <summary>Gets whether a character separates words.</summary>
    public static bool IsBlank(Rune rune) => Rune.IsWhiteSpace(rune);

    /// <summary>Gets whether a character is a word by itself: punctuation. To BERT, the symbols of ASCII are punctuation; symbols beyond are not.</summary>
    public static bool IsPunctuation(Rune rune) => rune.IsAscii ? rune.Value is > ' ' and < 0x7F && !Rune.IsLetterOrDigit(rune) : Rune.IsPunctuation(rune);

    /// <summary>Gets whether a character is an accent or another mark without width.</summary>
    public static bool IsNonSpacingMark(Rune rune) => !rune.IsAscii && Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark;

    /// <summary>Gets whether a character is in one of the blocks of Chinese characters, as Hugging Face's <c>tokenizers</c> bounds them. Kana and Hangul are not.</summary>
    public static bool IsIdeograph(Rune rune) => rune.Value is >= 0x3400
        and (<= 0x4DBF or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F)
            or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B920 and <= 0x2CEAF) or (>= 0x2F800 and <= 0x2FA1F));

    private static bool IsOther(UnicodeCategory category) => category
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse;
}
