namespace RagCaching.Semantic.Requests;

/// <summary>Keeps answers about now from being served later.</summary>
internal sealed class FreshnessRule(FreshnessOptions options)
{
    private readonly TimeWords? _words = options.Behavior == FreshnessBehavior.Ignore ? null : new TimeWords(options.Phrases, options.Exceptions);

    /// <summary>Tells whether a question bypasses the cache.</summary>
    public bool Bypasses(string question) => options.Behavior == FreshnessBehavior.Bypass && _words!.AreIn(question);

    /// <summary>Gets how long the answer to a question may be kept at most.</summary>
    public TimeSpan Limit(string question, TimeSpan timeToLive) =>
        options.Behavior == FreshnessBehavior.ShortTimeToLive && options.TimeToLive < timeToLive && _words!.AreIn(question) ? options.TimeToLive : timeToLive;
}
