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
    private readonly HashSet<long> _trigrams;

    public QuestionWords(string question)
    {
        var text = PlainWords.Write(question, static (characters, index) => characters[index] == '_');
        _words = new HashSet<string>(text.Split(' ', StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);

        _trigrams = new HashSet<long>(text.Length + 1);

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

    /// <summary>What the words of all neighbours say about a candidate's answer, and not only those of the candidate. See <c>docs/decisions/neighbours-words.md</c>.</summary>
    /// <param name="Covered">The share of the question's content words that neighbours with the candidate's answer have.</param>
    /// <param name="Own">The share of them that only such neighbours have.</param>
    /// <param name="TrigramMargin">The largest share of common runs of three characters with one of them, minus the largest with any other neighbour.</param>
    internal readonly record struct Evidence(float Covered, float Own, float TrigramMargin)
    {
        /// <summary>Reads the evidence.</summary>
        /// <param name="question">The question being asked.</param>
        /// <param name="neighbours">The stored questions near it.</param>
        /// <param name="hasAnswer">Which of them have the candidate's answer.</param>
        public static Evidence Read(QuestionWords question, ReadOnlySpan<QuestionWords> neighbours, ReadOnlySpan<bool> hasAnswer)
        {
            var (words, covered, own) = (0, 0, 0);
            foreach (var word in question.Content)
            {
                words++;
                var isCovered = Has(neighbours, hasAnswer, ofAnswer: true, word);
                covered += isCovered ? 1 : 0;
                own += isCovered && !Has(neighbours, hasAnswer, ofAnswer: false, word) ? 1 : 0;
            }

            var (nearest, rival) = (0f, 0f);
            for (var i = 0; i < neighbours.Length; i++)
            {
                var shared = question.SharedTrigrams(neighbours[i]);
                (nearest, rival) = hasAnswer[i] ? (Math.Max(nearest, shared), rival) : (nearest, Math.Max(rival, shared));
            }

            words = Math.Max(1, words);
            return new Evidence((float)covered / words, (float)own / words, nearest - rival);
        }

        private static bool Has(ReadOnlySpan<QuestionWords> neighbours, ReadOnlySpan<bool> hasAnswer, bool ofAnswer, string word)
        {
            for (var i = 0; i < neighbours.Length; i++)
            {
                if (hasAnswer[i] == ofAnswer && neighbours[i].Has(word))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
