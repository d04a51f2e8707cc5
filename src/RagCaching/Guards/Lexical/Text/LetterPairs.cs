using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical.Text;

/// <summary>Takes "Koeln" for "Köln" and "Aarhus" for "Århus" where one of two questions has the one and the other the other.</summary>
internal static class LetterPairs
{
    private const int MaxLength = 64;

    /// <summary>Notes which word of either question spells a word with marks.</summary>
    public static void Note(Vocabulary vocabulary, ReadOnlySpan<Token> tokens)
    {
        Span<char> written = stackalloc char[MaxLength];
        foreach (ref readonly var token in tokens)
        {
            if (token.Kind == TokenKind.Word && Digraphs.TryWrite(vocabulary.TextOf(token.Surface), written, out var length) && vocabulary.Find(written[..length]) is var id and >= 0)
            {
                vocabulary[id].Spelling = token.Surface + 1;
            }
        }
    }

    /// <summary>Puts the word with marks in the place of its spelling without.</summary>
    public static void Replace(Vocabulary vocabulary, Span<Token> tokens)
    {
        foreach (ref var token in tokens)
        {
            if (token.Kind == TokenKind.Word && vocabulary[token.Surface].Spelling is > 0 and var spelling)
            {
                ref readonly var entry = ref vocabulary[spelling - 1];
                (token.Surface, token.Stem, token.Word) = (spelling - 1, entry.Stem, entry.Word);
            }
        }
    }
}
