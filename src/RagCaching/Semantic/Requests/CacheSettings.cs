namespace RagCaching.Semantic.Requests;

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
        GenerationTimeout = options.GenerationTimeout;
        MaxQuestionLength = options.MaxQuestionLength;
        MaxAnswerBytes = options.MaxAnswerBytes;
        IsShadow = options.Shadow;
        KeepsTexts = options.EnableSensitiveData;
        NearMissMargin = options.NearMissMargin;
        VerifierTimeout = options.VerifierTimeout;
        ErrorBudget = options.ErrorBudget?.Copy();
    }

    public bool Enabled => _live().Enabled;

    public bool IsShadow { get; }

    public bool KeepsTexts { get; }

    public float NearMissMargin { get; }

    public TimeSpan VerifierTimeout { get; }

    /// <summary>Gets the error budget; <see langword="null"/> where a threshold decides.</summary>
    public ErrorBudgetOptions? ErrorBudget { get; }

    public bool ShareAcrossCallers { get; }

    public TimeSpan TimeToLive { get; }

    public TimeSpan LookupTimeout { get; }

    public TimeSpan JoinTimeout { get; }

    public TimeSpan? GenerationTimeout { get; }

    public int MaxQuestionLength { get; }

    public int MaxAnswerBytes { get; }

    /// <summary>Gets the similarity below which nothing is served in a scope; an error budget has a floor of its own.</summary>
    public float MinimumSimilarityOf(CacheScope scope) => ErrorBudget?.MinimumSimilarity ?? _live().MinimumSimilarityOf(scope);
}
