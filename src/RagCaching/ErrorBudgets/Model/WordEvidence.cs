namespace RagCaching.ErrorBudgets.Model;

/// <summary>What the words of all neighbours say about a candidate's answer, and not only those of the candidate. See <c>docs/decisions/neighbours-words.md</c>.</summary>
/// <param name="Covered">The share of the question's content words that neighbours with the candidate's answer have.</param>
/// <param name="Own">The share of them that only such neighbours have.</param>
/// <param name="TrigramMargin">The largest share of common runs of three characters with one of them, minus the largest with any other neighbour.</param>
internal readonly record struct WordEvidence(float Covered, float Own, float TrigramMargin)
{
    /// <summary>Reads the evidence.</summary>
    /// <param name="question">The question being asked.</param>
    /// <param name="neighbours">The stored questions near it.</param>
    /// <param name="hasAnswer">Which of them have the candidate's answer.</param>
    public static WordEvidence Read(QuestionWords question, ReadOnlySpan<QuestionWords> neighbours, ReadOnlySpan<bool> hasAnswer)
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
        return new WordEvidence((float)covered / words, (float)own / words, nearest - rival);
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
