using System.Globalization;
using System.Text;

namespace RagCaching.Internal.Text;

/// <summary>Writes a text as its words: one spelling for all encodings of a character, lower case, and one blank between two words.</summary>
internal static class PlainWords
{
    /// <summary>Tells whether the sign at a place belongs to a word; letters, digits and their marks always do.</summary>
    /// <param name="text">The folded text.</param>
    /// <param name="index">The place.</param>
    public delegate bool SignRule(ReadOnlySpan<char> text, int index);

    /// <summary>Writes a text.</summary>
    /// <param name="text">The text; any UTF-16, well-formed or not.</param>
    /// <param name="isPart">Tells which signs belong to words.</param>
    /// <param name="joinsAtApostrophes">Whether an apostrophe vanishes, so that "what's" is one word; otherwise it parts two.</param>
    /// <returns>The words; empty where there is none.</returns>
    public static string Write(ReadOnlySpan<char> text, SignRule isPart, bool joinsAtApostrophes = false)
    {
        var folded = new char[text.Length * TextFolder.MostGrowth];
        var length = TextFolder.Fold(text, folded, out var mayCompose);
        if (mayCompose)
        {
            length = Composer.Compose(folded, length, new char[folded.Length]);
        }

        var words = new StringBuilder(length);
        ReadOnlySpan<char> characters = folded.AsSpan(0, length);
        for (var i = 0; i < characters.Length; i++)
        {
            if (IsOfAWord(characters[i]) || isPart(characters, i))
            {
                words.Append(char.ToLowerInvariant(characters[i]));
            }
            else if (words.Length > 0 && words[^1] != ' ' && !(joinsAtApostrophes && characters[i] == '\''))
            {
                words.Append(' ');
            }
        }

        return words.ToString().TrimEnd();
    }

    private static bool IsOfAWord(char character) => char.IsLetterOrDigit(character) || char.IsSurrogate(character)
        || char.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
}
