namespace RagCaching.Guards.Lexical.Text;

/// <summary>Writes curly and doubled quotes, dashes and hard spaces as their ASCII forms, so that typography is no difference.</summary>
internal static class TextFolder
{
    /// <summary>Folds a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="target">Receives it; at least as long.</param>
    /// <returns>The length of what was written.</returns>
    public static int Fold(ReadOnlySpan<char> text, Span<char> target)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c < 128 && c is not ('\'' or '`'))
            {
                target[length++] = c;
                continue;
            }

            c = FoldOne(c);
            if (c is '\'' or '`' && i + 1 < text.Length && FoldOne(text[i + 1]) == c)
            {
                c = '"';
                i++;
            }

            target[length++] = c;
        }

        return length;
    }

    private static char FoldOne(char c) => c switch
    {
        '\u2019' or '\u2018' or '\u00B4' or '\u02BC' => '\'',
        '\u201C' or '\u201D' or '\u201E' or '\u00AB' or '\u00BB' => '"',
        '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2212' => '-',
        '\u00A0' or '\u202F' => ' ',
        _ => c,
    };
}
