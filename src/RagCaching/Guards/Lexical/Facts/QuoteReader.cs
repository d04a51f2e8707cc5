using RagCaching.Guards.Lexical.Text;

namespace RagCaching.Guards.Lexical.Facts;

/// <summary>Finds the words between double quotes.</summary>
internal static class QuoteReader
{
    private const int MaxLength = 80;

    public static void Read(Question question, Vocabulary vocabulary, ReadOnlySpan<Token> tokens)
    {
        var open = -1;
        for (var i = 0; i < tokens.Length; i++)
        {
            if (tokens[i].Sign != '"')
            {
                continue;
            }

            if (open < 0 || !TryAdd(question, vocabulary, tokens[(open + 1)..i]))
            {
                open = i;
                continue;
            }

            open = -1;
        }
    }

    /// <summary>Two quotes that are too far apart, or next to each other, quote nothing.</summary>
    private static bool TryAdd(Question question, Vocabulary vocabulary, ReadOnlySpan<Token> tokens)
    {
        var length = 0;
        foreach (ref readonly var token in tokens)
        {
            length += vocabulary[token.Surface].Length + 1;
        }

        if (length is 0 or > MaxLength)
        {
            return false;
        }

        foreach (ref readonly var token in tokens)
        {
            if (token.IsWordLike)
            {
                question.QuotedWords.Add(token.Surface);
            }
        }

        return true;
    }
}
