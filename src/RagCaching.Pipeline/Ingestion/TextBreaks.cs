namespace RagCaching.Pipeline.Ingestion;

/// <summary>Tells what ends at a place in a text.</summary>
internal static class TextBreaks
{
    // They end a sentence whatever follows them; those of scripts with blanks only before a blank, since they also stand in numbers and abbreviations.
    private const string SureEnds = "。！？｡．।॥؟۔።፧፨։။၏។៕᠃᠉";
    private const string EndsBeforeABlank = ".!?…";
    private const string SureClauseEnds = "、，；：،؛၊፣፤፥";
    private const string ClauseEndsBeforeABlank = ",;:";
    private const string Viramas = "\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D4D\u1039\u17D2";
    private const char Joiner = '\u200D';
    private const string Closers = "\"')]}”’»›」』】〕》〉）］｝";

    /// <summary>Tells whether a paragraph ends right before a place.</summary>
    public static bool EndsParagraph(string text, int at) => at >= 2 && text[at - 1] == '\n' && text[at - 2] == '\n';

    /// <summary>Tells whether a sentence ends right before a place, with its closing quotes and the blanks behind it.</summary>
    public static bool EndsSentence(string text, int at) => text[at - 1] == '\n' || Ends(text, at, SureEnds, EndsBeforeABlank);

    /// <summary>Tells whether a part of a sentence ends right before a place.</summary>
    public static bool EndsClause(string text, int at) => Ends(text, at, SureClauseEnds, ClauseEndsBeforeABlank);

    /// <summary>Tells whether a blank stands right before a place.</summary>
    public static bool EndsWord(string text, int at) => char.IsWhiteSpace(text[at - 1]);

    /// <summary>Tells whether a word may start at a place: behind a blank, and anywhere in scripts without blanks, but not at punctuation.</summary>
    public static bool StartsWord(string text, int at) =>
        char.IsWhiteSpace(text[at - 1]) || (char.IsLetterOrDigit(text[at]) && (HasNoBlanks(text[at]) || HasNoBlanks(text[at - 1]) || SureEnds.Contains(text[at - 1], StringComparison.Ordinal)));

    /// <summary>Tells whether a letter is joined to the one before it.</summary>
    public static bool Joins(string text, int at)
    {
        var before = text[at - 1] == Joiner && at > 1 ? text[at - 2] : text[at - 1];
        return Viramas.Contains(before, StringComparison.Ordinal) && char.IsLetter(text[at]);
    }

    private static bool Ends(string text, int at, string sure, string beforeABlank)
    {
        var last = at - 1;
        while (last > 0 && char.IsWhiteSpace(text[last]))
        {
            last--;
        }

        var hasBlank = last < at - 1;
        while (last > 0 && Closers.Contains(text[last], StringComparison.Ordinal))
        {
            last--;
        }

        // What still belongs to the end stays with it.
        if (at < text.Length && (Closers.Contains(text[at], StringComparison.Ordinal) || sure.Contains(text[at], StringComparison.Ordinal)) && !hasBlank)
        {
            return false;
        }

        return sure.Contains(text[last], StringComparison.Ordinal) || (hasBlank && beforeABlank.Contains(text[last], StringComparison.Ordinal));
    }

    // Han, kana, Thai, Lao, Burmese, Khmer.
    private static bool HasNoBlanks(char character) => character is
        (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF')
        or (>= '\u0E00' and <= '\u0EFF') or (>= '\u1000' and <= '\u109F') or (>= '\u1780' and <= '\u17FF') or (>= '\uD840' and <= '\uD88F');
}
