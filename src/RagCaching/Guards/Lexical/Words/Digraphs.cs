namespace RagCaching.Guards.Lexical.Words;

/// <summary>Writes "oe" for "ö" and the like, as people do whose keyboard has no such letter.</summary>
internal static class Digraphs
{
    /// <summary>Writes a word in lower case with two letters for each that German, Danish, Norwegian and Swedish write so where they have to.</summary>
    /// <returns>Whether it has such a letter.</returns>
    public static bool TryWrite(ReadOnlySpan<char> word, Span<char> target, out int length)
    {
        length = 0;
        var isOther = false;
        foreach (var c in word)
        {
            var (first, second) = c switch
            {
                '\u00E4' or '\u00E6' => ('a', 'e'),
                '\u00F6' or '\u00F8' or '\u0153' => ('o', 'e'),
                '\u00FC' => ('u', 'e'),
                '\u00E5' => ('a', 'a'),
                _ => (c, '\0'),
            };
            if (length + 2 > target.Length)
            {
                return false;
            }

            target[length++] = first;
            if (second != '\0')
            {
                target[length++] = second;
                isOther = true;
            }
        }

        return isOther;
    }
}
