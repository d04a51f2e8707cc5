using RagCaching.Guards.Lexical.Facts;
using RagCaching.Guards.Lexical.Text;

namespace RagCaching.Guards.Lexical.Rules;

/// <summary>Searches the words of a question run together, without putting them together.</summary>
internal static class TextSearch
{
    /// <summary>Whether a text is part of the words of a question written without blanks, with <paramref name="lettersOnly"/> also without signs.</summary>
    public static bool ContainsRunTogether(Vocabulary vocabulary, Question question, ReadOnlySpan<char> text, bool lettersOnly)
    {
        for (var word = 0; word < question.Words.Count; word++)
        {
            var length = vocabulary.TextOf(question.WordAt(word).Surface).Length;
            for (var start = 0; start < length; start++)
            {
                if (Matches(vocabulary, question, word, start, text, lettersOnly))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool Matches(Vocabulary vocabulary, Question question, int word, int position, ReadOnlySpan<char> text, bool lettersOnly)
    {
        var matched = 0;
        for (; word < question.Words.Count; word++, position = 0)
        {
            var current = vocabulary.TextOf(question.Tokens[question.Words[word]].Surface);
            for (; position < current.Length; position++)
            {
                if (lettersOnly && !IsLetter(current[position]))
                {
                    continue;
                }

                while (lettersOnly && matched < text.Length && !IsLetter(text[matched]))
                {
                    matched++;
                }

                if (matched == text.Length)
                {
                    return true;
                }

                if (current[position] != text[matched++])
                {
                    return false;
                }
            }
        }

        while (lettersOnly && matched < text.Length && !IsLetter(text[matched]))
        {
            matched++;
        }

        return matched == text.Length;
    }

    private static bool IsLetter(char c) => char.IsLetterOrDigit(c) || c is '+' or '#';
}
