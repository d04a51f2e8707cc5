namespace RagCaching.ErrorBudgets.Model;

/// <summary>Reads the features of a candidate from its neighbourhood.</summary>
internal static class FeatureReader
{
    // How fast a neighbour's vote falls off with its distance from the candidate.
    private const double VoteSteepness = 25;

    // The nearest others that are counted one by one.
    private const int CountedOthers = 4;

    // How near the centre of another group counts as where there is none among the neighbours.
    private const float SimilarityWithoutRival = 0.3f;

    /// <summary>Reads the features.</summary>
    /// <param name="question">The question being asked.</param>
    /// <param name="unitVector">Its vector, of length 1.</param>
    /// <param name="neighbours">The stored questions near it, nearest first.</param>
    /// <param name="candidate">Which of them would be served.</param>
    /// <param name="groupOf">Gets what is known about a group, if anything.</param>
    public static MatchFeatures Read(
        string question, ReadOnlySpan<float> unitVector, IReadOnlyList<Neighbour> neighbours, int candidate, Func<ulong, GroupRecord?> groupOf) =>
        Read(ReadWords(question, neighbours, candidate), unitVector, neighbours, candidate, groupOf);

    /// <summary>Reads what words say, which takes longest and needs nothing that a scope knows.</summary>
    /// <param name="question">The question being asked.</param>
    /// <param name="neighbours">The stored questions near it, nearest first.</param>
    /// <param name="candidate">Which of them would be served.</param>
    public static WordFeatures ReadWords(string question, IReadOnlyList<Neighbour> neighbours, int candidate)
    {
        var served = neighbours[candidate];
        var words = new QuestionWords(question);
        QuestionWords[] others = [.. neighbours.Select(neighbour => new QuestionWords(neighbour.Question))];
        return WordFeatures.Of(words, others[candidate], QuestionWords.Evidence.Read(words, others, [.. neighbours.Select(neighbour => neighbour.Group == served.Group)]));
    }

    /// <summary>Reads the features, of which those of words are known.</summary>
    public static MatchFeatures Read(in WordFeatures words, ReadOnlySpan<float> unitVector, IReadOnlyList<Neighbour> neighbours, int candidate, Func<ulong, GroupRecord?> groupOf)
    {
        var served = neighbours[candidate];
        var record = groupOf(served.Group);
        return new MatchFeatures(
            served.Similarity,
            Agreement(neighbours, candidate),
            Vote(neighbours, served),
            words.Shared,
            words.SharedContent,
            Margin(unitVector, neighbours, served, groupOf),
            MathF.Log((1f + (record?.Right ?? 0)) / (1f + (record?.Wrong ?? 0))),
            words.SharedTrigrams,
            words.LengthDifference,
            words.Evidence.Covered,
            words.Evidence.Own,
            words.Evidence.TrigramMargin);
    }

    private static int Agreement(IReadOnlyList<Neighbour> neighbours, int candidate)
    {
        var (agreeing, seen) = (0, 0);
        for (var i = 0; i < neighbours.Count && seen < CountedOthers; i++)
        {
            if (i != candidate)
            {
                seen++;
                agreeing += neighbours[i].Group == neighbours[candidate].Group ? 1 : 0;
            }
        }

        return agreeing;
    }

    private static float Vote(IReadOnlyList<Neighbour> neighbours, Neighbour candidate)
    {
        var (own, all) = (0.0, 0.0);
        foreach (var neighbour in neighbours)
        {
            var weight = Math.Exp(VoteSteepness * (neighbour.Similarity - candidate.Similarity));
            all += weight;
            own += neighbour.Group == candidate.Group ? weight : 0;
        }

        return (float)(own / all);
    }

    private static float Margin(ReadOnlySpan<float> unitVector, IReadOnlyList<Neighbour> neighbours, Neighbour candidate, Func<ulong, GroupRecord?> groupOf)
    {
        var own = GroupRecord.Similarity(groupOf(candidate.Group), unitVector, candidate.Similarity);
        var rival = float.NegativeInfinity;
        for (var i = 0; i < neighbours.Count; i++)
        {
            var group = neighbours[i].Group;
            if (group != candidate.Group && IsFirstOf(neighbours, i))
            {
                rival = Math.Max(rival, GroupRecord.Similarity(groupOf(group), unitVector, neighbours[i].Similarity));
            }
        }

        return own - (float.IsNegativeInfinity(rival) ? SimilarityWithoutRival : rival);
    }

    private static bool IsFirstOf(IReadOnlyList<Neighbour> neighbours, int index)
    {
        for (var i = 0; i < index; i++)
        {
            if (neighbours[i].Group == neighbours[index].Group)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What the words of a question and of its neighbours say about a candidate.</summary>
    internal readonly record struct WordFeatures(float Shared, float SharedContent, float SharedTrigrams, float LengthDifference, QuestionWords.Evidence Evidence)
    {
        public static WordFeatures Of(QuestionWords question, QuestionWords candidate, QuestionWords.Evidence evidence) =>
            new(question.Shared(candidate), question.SharedContent(candidate), question.SharedTrigrams(candidate), question.LengthDifference(candidate), evidence);
    }
}
