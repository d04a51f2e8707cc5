using RagCaching.Guards.Lexical.Facts;
using RagCaching.Guards.Lexical.Text;
using RagCaching.Guards.Lexical.Text.Scanning;

namespace RagCaching.Guards.Lexical.Rules.Names;

/// <summary>Searches for a word that the other question writes in several, such as "YouTube" and "You Tube". It begins and ends where words do.</summary>
internal static class RunTogether
{
    // Bounds the work of a question with very many names.
    private const int MostWords = 256;

    /// <summary>Whether whole words of a question, written without blanks and signs, are the text without signs.</summary>
    public static bool Contains(Vocabulary vocabulary, Question question, ReadOnlySpan<char> text)
    {
        var words = Math.Min(question.Words.Count, MostWords);
        for (var word = 0; word < words; word++)
        {
            if (Matches(vocabulary, question, word, text))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Matches(Vocabulary vocabulary, Question question, int word, ReadOnlySpan<char> text)
    {
        var matched = Skip(text, 0);
        for (; word < question.Words.Count; word++)
        {
            var current = vocabulary.TextOf(question.Tokens[question.Words[word]].Surface);
            foreach (var c in current)
            {
                if (!IsLetter(c))
                {
                    continue;
                }

                if (matched == text.Length || char.ToLowerInvariant(c) != char.ToLowerInvariant(text[matched]))
                {
                    return false;
                }

                matched = Skip(text, matched + 1);
            }

            if (matched == text.Length)
            {
                return true;
            }
        }

        return false;
    }

    private static int Skip(ReadOnlySpan<char> text, int position)
    {
        while (position < text.Length && !IsLetter(text[position]))
        {
            position++;
        }

        return position;
    }

    private static bool IsLetter(char c) => char.IsLetterOrDigit(c) || Scanner.IsSmallNumber(c) || Scanner.IsSmallSign(c) || c is '+' or '#';
}
