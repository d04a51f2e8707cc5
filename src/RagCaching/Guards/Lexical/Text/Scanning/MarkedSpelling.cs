using System.Globalization;
using System.Text;

namespace RagCaching.Guards.Lexical.Text.Scanning;

/// <summary>Takes the marks off letters: "Pokémon" becomes "Pokemon".</summary>
internal static class MarkedSpelling
{
    public const int MaxLength = 64;

    /// <summary>Shorter words are often told apart by a mark only.</summary>
    public const int LeastLength = 6;

    /// <summary>Removes the marks.</summary>
    /// <param name="text">A word.</param>
    /// <param name="bare">Room for four times its length.</param>
    /// <param name="length">Receives the length without marks.</param>
    /// <returns>Whether it had any.</returns>
    public static bool TryRemove(ReadOnlySpan<char> text, Span<char> bare, out int length)
    {
        length = 0;
        if (Ascii.IsValid(text) || text.Length > MaxLength || !text.TryNormalize(bare, out var written, NormalizationForm.FormD))
        {
            return false;
        }

        for (var i = 0; i < written; i++)
        {
            if (char.GetUnicodeCategory(bare[i]) != UnicodeCategory.NonSpacingMark)
            {
                bare[length++] = bare[i];
            }
        }

        return length < written;
    }
}
