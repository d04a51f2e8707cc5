using RagCaching.Guards.Lexical.Text;

namespace RagCaching.Guards.Lexical.Facts;

/// <summary>Notes the numbers inside of words, such as the 3 of "i3", so that a number need not be searched for in every word.</summary>
internal static class DigitRuns
{
    private const int MaxLength = 64;

    public static void Count(Vocabulary vocabulary, int surface, int side)
    {
        // Copied, because the vocabulary may move its text while it takes up the parts.
        Span<char> text = stackalloc char[MaxLength];
        var length = Math.Min(vocabulary[surface].Length, MaxLength);
        vocabulary.TextOf(surface)[..length].CopyTo(text);
        for (var start = 0; start < length; start++)
        {
            var end = start;
            while (end < length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }

            if (end > start)
            {
                var id = vocabulary.Intern(text[start..end]);
                vocabulary[id].Digits[side]++;
                start = end;
            }
        }
    }
}
