using RagCaching.Contract;

namespace RagCaching.Semantic.Requests;

/// <summary>The options of a cache as it uses them: copied once, but for those that follow changes while the host runs.</summary>
/// <remarks>A copy, so that nobody can turn sharing on, or a limit off, by changing an object after it was checked.</remarks>
internal sealed class CacheSettings : IOwnersRules
{
    private readonly Func<SemanticCacheOptions> _live;
    private readonly float? _recommended;
    private volatile Thresholds? _thresholds;

    /// <summary>Copies options.</summary>
    /// <param name="live">Gets the options as they are now, checked.</param>
    /// <param name="embeddingModel">The id of the model that embeds questions, where it is known.</param>
    public CacheSettings(Func<SemanticCacheOptions> live, string? embeddingModel)
    {
        _live = live;
        EmbeddingModel = embeddingModel;
        _recommended = RecommendedSimilarity.For(embeddingModel);
        var options = live();
        ShareAcrossCallers = options.ShareAcrossCallers;
        TimeToLive = options.TimeToLive;
        ExactOnly = options.ExactOnly;
        LookupTimeout = options.Limits.LookupTimeout;
        JoinTimeout = options.Limits.JoinTimeout;
        GenerationTimeout = options.Limits.GenerationTimeout;
        MaxQuestionLength = options.Limits.MaxQuestionLength;
        MaxAnswerBytes = options.Limits.MaxAnswerBytes;
        MaxNewAnswersPerScope = options.Limits.MaxNewAnswersPerScope;
        NewAnswersWindow = options.Limits.NewAnswersWindow;
        KeepsTexts = options.Shadow.EnableSensitiveData;
        NearMissMargin = options.Shadow.NearMissMargin;
        VerifierTimeout = options.Limits.VerifierTimeout;
        ErrorBudget = options.ErrorBudget?.Copy();
        Freshness = new FreshnessRule(options.Freshness.Copy());
        FailSafe = options.FailSafe.Copy();
        Lifetimes = options.Lifetimes.Copy();
        Volatile = new VolatileRule(Lifetimes);
    }

    public bool Enabled => _live().Enabled;

    /// <summary>Gets the id of the model that embeds questions; <see langword="null"/> where it is not known.</summary>
    public string? EmbeddingModel { get; }

    /// <summary>Gets what is done with questions about now.</summary>
    public FreshnessRule Freshness { get; }

    /// <summary>Gets the rules for how long answers stay valid.</summary>
    public LifetimeOptions Lifetimes { get; }

    /// <summary>Gets what is done with questions whose answers change often.</summary>
    public VolatileRule Volatile { get; }

    /// <summary>Gets what is done when the model fails or is slow.</summary>
    public FailSafeOptions FailSafe { get; }

    /// <summary>Gets a value indicating whether decisions are made and recorded, and nothing is served by meaning. Follows the configuration while the host runs.</summary>
    public bool IsShadow => _live().Shadow.Enabled;

    /// <summary>Gets the share of hits that are answered anew to be compared. Follows the configuration while the host runs.</summary>
    public double HoldoutRate => _live().HoldoutRate;

    /// <summary>Gets the prices of models. Follows the configuration while the host runs.</summary>
    public IList<ModelPrice> Prices => _live().Prices;

    /// <inheritdoc/>
    public bool HasPrices => Prices.Count > 0;

    /// <inheritdoc/>
    public double? MaxErrorRate => ErrorBudget?.MaxErrorRate;

    /// <inheritdoc/>
    public float? MinimumSimilarity => _live().MinimumSimilarity;

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

    public int? MaxNewAnswersPerScope { get; }

    public TimeSpan NewAnswersWindow { get; }

    /// <summary>Gets a value indicating whether nothing is ever embedded.</summary>
    public bool ExactOnly { get; }

    /// <summary>Gets the threshold of a query; an error budget has a separate floor.</summary>
    public float ThresholdOf(SemanticCacheQuery query, CacheScope scope)
    {
        if (ErrorBudget is { } budget)
        {
            return Math.Max(budget.MinimumSimilarity, query.MinimumSimilarity ?? -1);
        }

        var options = _live();
        var owners = options.ScopeThresholds.Count > 0 && ThresholdsOf(options).ByScope.TryGetValue(scope, out var own) ? own
            : options.Thresholds.Count > 0 && options.Thresholds.LastOrDefault(rule => rule.HoldsFor(query.Partition, query.Tags, EmbeddingModel)) is { } rule ? rule.MinimumSimilarity
            : ThresholdOf(options);

        // A query may raise it, and lower it as far as the owner allows.
        return query.MinimumSimilarity is { } asked ? Math.Max(asked, Math.Min(owners, options.AllowLowerThreshold ?? owners)) : owners;
    }

    /// <summary>Gets the similarities from which on a match may be allowed by verifiers, and is served without asking them.</summary>
    public (float Possible, float Sure) BandAround(float threshold)
    {
        var band = _live().VerifierBand;
        return ErrorBudget is not null ? (threshold, float.PositiveInfinity) : (threshold - band.Below, band.Above is { } above ? threshold + above : float.PositiveInfinity);
    }

    /// <summary>Gets the similarity below which nothing is served in scopes without a threshold of their own, and where the number comes from.</summary>
    public (float Similarity, ThresholdOrigin Origin) Threshold()
    {
        var options = _live();
        return ErrorBudget is { } budget ? (budget.MinimumSimilarity, ThresholdOrigin.ErrorBudget)
            : (ThresholdOf(options), options.MinimumSimilarity is not null ? ThresholdOrigin.Configured : _recommended is not null ? ThresholdOrigin.Recommended : ThresholdOrigin.Default);
    }

    /// <summary>Gets a value indicating whether a threshold decides about a model for which none was measured.</summary>
    public bool IsModelUnmeasured => ErrorBudget is null && _recommended is null;

    /// <summary>Gets the similarity that was measured for the embedding model, where the owner has configured a lower one.</summary>
    public float? RecommendedAboveConfigured => ErrorBudget is null && _recommended is { } recommended && LoosestThreshold() < recommended ? recommended : null;

    /// <summary>Gets the lowest of the thresholds of all scopes.</summary>
    public float LoosestThreshold()
    {
        var options = _live();
        return options.ScopeThresholds.Select(static threshold => threshold.MinimumSimilarity)
            .Concat(options.Thresholds.Select(static rule => rule.MinimumSimilarity))
            .Append(ThresholdOf(options)).Min();
    }

    private float ThresholdOf(SemanticCacheOptions options) => options.MinimumSimilarity ?? _recommended ?? SemanticCacheOptions.DefaultMinimumSimilarity;

    // Looked up in every request, and changed with the options only.
    private Thresholds ThresholdsOf(SemanticCacheOptions options)
    {
        if (_thresholds is { } known && ReferenceEquals(known.Options, options) && known.Count == options.ScopeThresholds.Count)
        {
            return known;
        }

        var byScope = new Dictionary<CacheScope, float>();
        foreach (var threshold in options.ScopeThresholds)
        {
            byScope[threshold.ToScope()] = threshold.MinimumSimilarity;
        }

        return _thresholds = new Thresholds(options, options.ScopeThresholds.Count, byScope);
    }

    private sealed record Thresholds(SemanticCacheOptions Options, int Count, Dictionary<CacheScope, float> ByScope);
}
