using System.Buffers;

namespace RagCaching.Guards.Lexical.Words;

/// <summary>Cuts inflections off English words, so that "resets", "resetting" and "reset" are one. Other languages keep most of their words as they are.</summary>
internal sealed class Stemmer(Dictionary<string, string> irregular)
{
    public const int MaxLength = 64;

    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouy");
    // Not frozen: freezing takes longer than everything else about the tables together.
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _irregular = irregular.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Gets the stem of a word in lower case. A word of more than 64 characters is its own stem.</summary>
    /// <param name="word">The word.</param>
    /// <param name="buffer">Room for the stem, at least as long as the word.</param>
    /// <returns>The stem, in <paramref name="buffer"/> or in a table.</returns>
    public ReadOnlySpan<char> Stem(ReadOnlySpan<char> word, Span<char> buffer)
    {
        if (_irregular.TryGetValue(word, out var known))
        {
            return known;
        }

        if (word.Length is < 4 or > MaxLength)
        {
            return word;
        }

        var length = word.Length;
        word.CopyTo(buffer);
        if (word.EndsWith("'s", StringComparison.Ordinal))
        {
            length -= 2;
        }
        else if (word[^1] == '\'')
        {
            length--;
        }

        if (length != word.Length && (length < 4 || _irregular.TryGetValue(buffer[..length], out known)))
        {
            return known is null ? buffer[..length] : known;
        }

        var singular = CutPlural(buffer, length);
        if (singular != length && _irregular.TryGetValue(buffer[..singular], out known))
        {
            return known;
        }

        return buffer[..CutEnding(buffer, singular)];
    }

    private static int CutPlural(Span<char> word, int length)
    {
        ReadOnlySpan<char> text = word[..length];
        if (text[^1] != 's')
        {
            return length;
        }

        if (length > 4 && text.EndsWith("ies", StringComparison.Ordinal))
        {
            word[length - 3] = 'y';
            return length - 2;
        }

        if (length > 4 && text.EndsWith("es", StringComparison.Ordinal) && (text[^3] is 'x' or 'z' || text[^4..^2] is "ss" or "sh" or "ch"))
        {
            return length - 2;
        }

        return text[^2] is 's' or 'u' or 'i' ? length : length - 1;
    }

    private static int CutEnding(Span<char> word, int length)
    {
        ReadOnlySpan<char> text = word[..length];
        if (length > 5 && text.EndsWith("ing", StringComparison.Ordinal) && text[..^3].ContainsAny(Vowels))
        {
            length = Undouble(text[..^3]);
        }
        else if (length > 4 && text.EndsWith("ied", StringComparison.Ordinal))
        {
            word[length - 3] = 'y';
            length -= 2;
        }
        else if (text.EndsWith("ed", StringComparison.Ordinal) && (length > 4 || (length == 4 && "aeiou".Contains(text[1]))) && text[..^2].ContainsAny(Vowels))
        {
            length = length == 4 ? 3 : Undouble(text[..^2]);
        }
        else if (length > 3 && text[^1] == 'e')
        {
            length--;
        }
        else if (length > 5 && text.EndsWith("ly", StringComparison.Ordinal))
        {
            length -= 2;
        }

        return length > 3 && word[length - 1] == 'e' ? length - 1 : length;
    }

    private static int Undouble(ReadOnlySpan<char> word) =>
        word.Length > 3 && word[^1] == word[^2] && word[^1] is not ('l' or 's' or 'z') ? word.Length - 1 : word.Length;
}
