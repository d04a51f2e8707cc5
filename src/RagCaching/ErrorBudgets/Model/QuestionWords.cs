using RagCaching.Guards.Lexical.Words;
using RagCaching.Internal.Text;

namespace RagCaching.ErrorBudgets.Model;

/// <summary>The distinct words of a question, lower-case.</summary>
internal sealed class QuestionWords
{
    private static readonly HashSet<string> FunctionWords = new(WordTablesBuilder.Split(EnglishGrammar.FunctionWords), StringComparer.Ordinal);

    private readonly HashSet<string> _words;

    public QuestionWords(string question) => _words = new HashSet<string>(
        PlainWords.Write(question, static (text, index) => text[index] == '_').Split(' ', StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);

    /// <summary>Computes the words of both over the words of either; 0 where there are none.</summary>
    public float Shared(QuestionWords other)
    {
        var both = _words.Count(other._words.Contains);
        return (float)both / Math.Max(1, _words.Count + other._words.Count - both);
    }

    /// <summary>Computes the content words of both over those of the question that has more; 0 where one has none.</summary>
    public float SharedContent(QuestionWords other)
    {
        var (mine, others) = (ContentWords(), other.ContentWords());
        return mine == 0 || others == 0 ? 0 : (float)_words.Count(word => !FunctionWords.Contains(word) && other._words.Contains(word)) / Math.Max(mine, others);
    }

    private int ContentWords() => _words.Count(word => !FunctionWords.Contains(word));
}
