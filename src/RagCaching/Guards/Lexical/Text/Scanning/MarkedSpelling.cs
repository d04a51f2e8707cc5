using System.Globalization;
using System.Text;

namespace RagCaching.Guards.Lexical.Text.Scanning;

/// <summary>Takes the marks off Latin and Greek letters: "Pokémon" becomes "Pokemon".</summary>
internal static class MarkedSpelling
{
    public const int MaxLength = 64;

    /// <summary>Shorter words are often told apart by a mark only.</summary>
    public const int LeastLength = 5;

    private const char First = '\u00C0';
    private const char Last = '\u1FFF';

    // The letter under each letter, or nothing where it has no mark. Made once: the normalisation of the runtime allocates with every call.
    private static readonly char[] Bare = CreateBare();

    /// <summary>Removes the marks.</summary>
    /// <param name="text">A word.</param>
    /// <param name="bare">Room for it.</param>
    /// <param name="length">Receives the length without marks.</param>
    /// <returns>Whether it had any.</returns>
    public static bool TryRemove(ReadOnlySpan<char> text, Span<char> bare, out int length)
    {
        length = 0;
        if (text.Length > MaxLength || Ascii.IsValid(text))
        {
            return false;
        }

        var isMarked = false;
        foreach (var c in text)
        {
            var letter = c is >= First and <= Last ? Bare[c - First] : '\0';
            var isMark = c is >= '\u0300' and < '\u0370';
            isMarked |= isMark || letter != '\0';
            if (!isMark)
            {
                bare[length++] = letter == '\0' ? c : letter;
            }
        }

        return isMarked;
    }

    private static char[] CreateBare()
    {
        var letters = new char[Last - First + 1];
        for (var c = First; c <= Last; c++)
        {
            if (char.IsLetter(c) && Scripts.Of(c) is Script.Latin or Script.Greek && c.ToString().Normalize(NormalizationForm.FormD) is { Length: > 1 } parts
                && char.GetUnicodeCategory(parts[1]) == UnicodeCategory.NonSpacingMark)
            {
                letters[c - First] = parts[0];
            }
        }

        return letters;
    }
}
