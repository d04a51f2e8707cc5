using RagCaching.Guards.Lexical.Words;
using RagCaching.Internal.Text;

namespace RagCaching.ErrorBudgets.Model;

/// <summary>The distinct words and runs of three characters of a question, lower-case.</summary>
internal sealed class QuestionWords
{
    // Three characters of 21 bits each.
    private const int CharacterBits = 21;

    private static readonly HashSet<string> FunctionWords = new(WordTablesBuilder.Split(EnglishGrammar.FunctionWords), StringComparer.Ordinal);

    private readonly HashSet<string> _words;
    private readonly HashSet<long> _trigrams = [];

    public QuestionWords(string question)
    {
        var text = PlainWords.Write(question, static (characters, index) => characters[index] == '_');
        _words = new HashSet<string>(text.Split(' ', StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);

        // A blank before and behind, so that the first and the last letter count as such.
        var (first, second) = (' ', ' ');
        for (var i = 0; i <= text.Length; i++)
        {
            var third = i < text.Length ? text[i] : ' ';
            if (i > 0)
            {
                _trigrams.Add(((long)first << (2 * CharacterBits)) | ((long)second << CharacterBits) | third);
            }

            (first, second) = (second, third);
        }
    }

    /// <summary>Gets the words that carry meaning.</summary>
    public IEnumerable<string> Content => _words.Where(word => !FunctionWords.Contains(word));

    public bool Has(string word) => _words.Contains(word);

    /// <summary>Computes the words of both over the words of either; 0 where there are none.</summary>
    public float Shared(QuestionWords other) => Shared(_words, other._words);

    /// <summary>Computes the runs of three characters of both over those of either; 0 where there are none.</summary>
    public float SharedTrigrams(QuestionWords other) => Shared(_trigrams, other._trigrams);

    /// <summary>Computes the content words of both over those of the question that has more; 0 where one has none.</summary>
    public float SharedContent(QuestionWords other)
    {
        var (mine, others) = (ContentWords(), other.ContentWords());
        return mine == 0 || others == 0 ? 0 : (float)Content.Count(other.Has) / Math.Max(mine, others);
    }

    /// <summary>Computes the difference of the numbers of words over the larger.</summary>
    public float LengthDifference(QuestionWords other) => (float)Math.Abs(_words.Count - other._words.Count) / Math.Max(1, Math.Max(_words.Count, other._words.Count));

    private static float Shared<T>(HashSet<T> mine, HashSet<T> others)
    {
        var both = mine.Count(others.Contains);
        return (float)both / Math.Max(1, mine.Count + others.Count - both);
    }

    private int ContentWords() => Content.Count();
}
