namespace RagCaching.Guards.Lexical.Text.Scanning;

/// <summary>Tells the factorial "5!" from a number at the end of an exclamation.</summary>
internal static class Factorials
{
    private const int MostDigits = 3;
    private const int LongestCue = 10;

    /// <summary>Whether the mark after a number belongs to it: a sentence goes on after it, or the number is what is asked about.</summary>
    /// <param name="text">The text as it is written.</param>
    /// <param name="start">Where the digits begin.</param>
    /// <param name="mark">Where the mark stands.</param>
    public static bool Has(ReadOnlySpan<char> text, int start, int mark)
    {
        if (mark - start > MostDigits || text[start..mark].ContainsAnyExceptInRange('0', '9') || (start > 0 && text[start - 1] is not (' ' or '(' or '=' or '+' or '-' or '*' or '/' or '\u00D7')))
        {
            return false;
        }

        var after = mark + 1;
        if (after < text.Length && text[after] is '!' or '=')
        {
            return false;
        }

        while (after < text.Length && char.IsWhiteSpace(text[after]))
        {
            after++;
        }

        return after < text.Length ? !char.IsUpper(text[after]) : IsCue(WordBefore(text, start));
    }

    private static ReadOnlySpan<char> WordBefore(ReadOnlySpan<char> text, int end)
    {
        while (end > 0 && text[end - 1] == ' ')
        {
            end--;
        }

        var start = end;
        while (start > 0 && end - start <= LongestCue && char.IsLetter(text[start - 1]))
        {
            start--;
        }

        return text[start..end];
    }

    /// <summary>What stands before a number that is asked about; nothing is a sign, as in "4! = 2 * 3!".</summary>
    private static bool IsCue(ReadOnlySpan<char> word) =>
        word is "" or "is" or "of" or "compute" or "Compute" or "calculate" or "Calculate" or "evaluate" or "Evaluate" or "ist" or "von" or "Berechne" or "berechne" or "es" or "de" or "vale" or "est"
            or "vaut" or "\u00E9" or "\u00E8" or "calcula" or "Calcula" or "Calcule" or "calcule" or "Calcola" or "calcola";
}
