namespace RagCaching.LatencyLab.Traffic;

/// <summary>Decides what is asked, in which order. The same seed gives the same traffic.</summary>
internal static class TrafficPlan
{
    /// <summary>How many requests are look-alikes of the question that was drawn: enough to catch a cache that is too willing.</summary>
    public const double LookAlikeShare = 0.15;

    public static IReadOnlyList<LabelledText> Create(QuestionSet questions, int requests, int seed)
    {
        var random = new Random(seed);
        var ranked = questions.Questions.ToArray();
        random.Shuffle(ranked);
        var popularity = new ZipfDistribution(ranked.Length);
        var plan = new LabelledText[requests];
        for (var i = 0; i < requests; i++)
        {
            var question = ranked[popularity.Next(random)];
            var wantsLookAlike = random.NextDouble() < LookAlikeShare;
            LabelledText[] texts = wantsLookAlike && question.LookAlikes.Count > 0
                ? [.. QuestionSet.LookAlikesOf(question)]
                : [.. question.Wordings];
            plan[i] = texts[random.Next(texts.Length)];
        }

        return plan;
    }
}
