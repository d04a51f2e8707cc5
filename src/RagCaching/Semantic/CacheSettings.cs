namespace RagCaching.Semantic;

/// <summary>The options of a cache as it uses them: copied once, but for the two that follow changes while the host runs.</summary>
/// <remarks>A copy, so that nobody can turn sharing on, or a limit off, by changing an object after it was checked.</remarks>
internal sealed class CacheSettings
{
    private readonly Func<SemanticCacheOptions> _live;

    /// <summary>Copies options.</summary>
    /// <param name="live">Gets the options as they are now, checked.</param>
    public CacheSettings(Func<SemanticCacheOptions> live)
    {
        _live = live;
        var options = live();
        ShareAcrossCallers = options.ShareAcrossCallers;
        TimeToLive = options.TimeToLive;
        LookupTimeout = options.LookupTimeout;
        JoinTimeout = options.JoinTimeout;
        MaxQuestionLength = options.MaxQuestionLength;
        MaxAnswerBytes = options.MaxAnswerBytes;
    }

    public bool Enabled => _live().Enabled;

    public float MinimumSimilarity => _live().MinimumSimilarity;

    public bool ShareAcrossCallers { get; }

    public TimeSpan TimeToLive { get; }

    public TimeSpan LookupTimeout { get; }

    public TimeSpan JoinTimeout { get; }

    public int MaxQuestionLength { get; }

    public int MaxAnswerBytes { get; }
}
