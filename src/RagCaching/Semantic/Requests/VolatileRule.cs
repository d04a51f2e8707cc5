using RagCaching.Semantic.Words;

namespace RagCaching.Semantic.Requests;

/// <summary>Keeps answers that change often from being served for long, or to other questions.</summary>
internal sealed class VolatileRule(LifetimeOptions options)
{
    private readonly VolatileQuestions? _questions = options.VolatileQuestions == VolatileQuestionBehavior.Ignore ? null : new VolatileQuestions(TimeWords.Phrases, TimeWords.Exceptions);

    /// <summary>Applies the rule to a question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="timeToLive">How long its answer may be kept; made shorter if need be.</param>
    /// <returns>Whether only exactly the same question may be served.</returns>
    public bool Limit(string question, ref TimeSpan timeToLive)
    {
        if (_questions is null || !_questions.Includes(question))
        {
            return false;
        }

        if (options.VolatileQuestions != VolatileQuestionBehavior.ExactOnly && options.VolatileTimeToLive < timeToLive)
        {
            timeToLive = options.VolatileTimeToLive;
        }

        return options.VolatileQuestions != VolatileQuestionBehavior.ShortTimeToLive;
    }
}
