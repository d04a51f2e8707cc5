using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace RagCaching;

/// <summary>Settings of a <see cref="SemanticCache"/>.</summary>
/// <remarks>
/// <see cref="Enabled"/>, <see cref="MinimumSimilarity"/>, <see cref="ScopeThresholds"/>, <see cref="Thresholds"/>, <see cref="AllowLowerThreshold"/>, <see cref="VerifierBand"/>, <see cref="Prices"/>, <see cref="HoldoutRate"/> and <see cref="ShadowOptions.Enabled"/> of <see cref="Shadow"/> follow configuration changes while the host runs. All other settings are read once.
/// </remarks>
public sealed class SemanticCacheOptions
{
    internal const float DefaultMinimumSimilarity = 0.95f;
    internal static readonly TimeSpan DefaultTimeToLive = TimeSpan.FromHours(24);

    /// <summary>Gets or sets a value indicating whether the cache is used at all.</summary>
    /// <value>Default <see langword="true"/>. If off, every query is a bypass.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether queries without a scope share their answers between all callers.</summary>
    /// <value>Default <see langword="false"/>: such queries are an error, because sharing answers must be an explicit decision.</value>
    public bool ShareAcrossCallers { get; set; }

    /// <summary>Gets or sets the similarity at or above which a stored answer may be served to a re-worded question.</summary>
    /// <value>
    /// A cosine in [-1, 1]. <see langword="null"/> (the default) for the <see cref="RecommendedSimilarity"/> of the embedding model, and 0.95 for a model that has none: the right
    /// value depends on the model. The cache logs which value is in force when it starts.
    /// </value>
    [Range(-1.0, 1.0)]
    public float? MinimumSimilarity { get; set; }

    /// <summary>Gets the thresholds of single scopes, which replace <see cref="MinimumSimilarity"/> in these scopes.</summary>
    /// <value>Starts empty. If a scope has two thresholds, the last one counts. They have no effect under an error budget.</value>
    public IList<ScopeThreshold> ScopeThresholds { get; private set; } = [];

    /// <summary>Gets the thresholds of partitions, tags and embedding models, which replace <see cref="MinimumSimilarity"/> for the queries that they hold for.</summary>
    /// <value>Starts empty. Of several that hold, the last one counts; a threshold of the scope goes before. They have no effect under an error budget.</value>
    public IList<ThresholdRule> Thresholds { get; private set; } = [];

    /// <summary>Gets or sets the similarity down to which a query may lower its threshold (<see cref="SemanticCacheQuery.MinimumSimilarity"/>).</summary>
    /// <value>A cosine in [-1, 1]; default <see langword="null"/>: a query can only raise it. Has no effect under an error budget.</value>
    [Range(-1.0, 1.0)]
    public float? AllowLowerThreshold { get; set; }

    /// <summary>Gets or sets the grey zone in which verifiers are asked.</summary>
    /// <value>Not <see langword="null"/>. By default they are asked about every match at or above the threshold.</value>
    [ValidateObjectMembers]
    public VerifierBandOptions VerifierBand { get; set; } = new();

    /// <summary>Gets or sets a value indicating whether only exact repeats are served, and nothing is ever embedded.</summary>
    /// <value>Default <see langword="false"/>. With <see langword="true"/>, no embedding generator has to be registered; see <c>UseExactOnly</c>.</value>
    public bool ExactOnly { get; set; }

    /// <summary>Gets or sets how long a stored answer stays valid.</summary>
    /// <value>Positive, at most 3,650 days; default 24 hours.</value>
    public TimeSpan TimeToLive { get; set; } = DefaultTimeToLive;

    /// <summary>Gets or sets the treatment of questions about now.</summary>
    /// <value>Not <see langword="null"/>. By default they bypass the cache.</value>
    public FreshnessOptions Freshness { get; set; } = new();

    /// <summary>Gets or sets rules for how long answers stay valid: volatile questions, refusals, tags, tools.</summary>
    /// <value>Not <see langword="null"/>. By default there are none.</value>
    public LifetimeOptions Lifetimes { get; set; } = new();

    /// <summary>Gets or sets what is done when the model fails or is slow.</summary>
    /// <value>Not <see langword="null"/>. By default the failure reaches the caller.</value>
    public FailSafeOptions FailSafe { get; set; } = new();

    /// <summary>Gets or sets the limits on the time that steps may take, and on the size of questions and answers.</summary>
    /// <value>Not <see langword="null"/>.</value>
    [ValidateObjectMembers]
    public SemanticCacheLimits Limits { get; set; } = new();

    /// <summary>Gets or sets the settings for observing the cache, such as shadow mode.</summary>
    /// <value>Not <see langword="null"/>.</value>
    [ValidateObjectMembers]
    public ShadowOptions Shadow { get; set; } = new();

    /// <summary>Gets or sets the limit on wrong answers that replaces <see cref="MinimumSimilarity"/>.</summary>
    /// <value><see langword="null"/> (the default) for none; see <c>UseErrorBudget</c>.</value>
    public ErrorBudgetOptions? ErrorBudget { get; set; }

    /// <summary>Gets the prices of models, in which <see cref="SemanticCacheStatistics.Balance"/> says what the cache saves and spends.</summary>
    /// <value>Starts empty: tokens are counted, and nothing has a cost. If a model has two prices, the last one counts. An <see cref="IModelPrices"/> is asked first.</value>
    public IList<ModelPrice> Prices { get; private set; } = [];

    /// <summary>Gets or sets the share of hits that are answered anew, and compared with the stored answer, to find out how often the cache is right.</summary>
    /// <value>
    /// In [0, 1]; default 0. The caller gets the new answer; nothing is stored and nothing is learnt from it. Works without an error budget, too, for exact and re-worded hits that are not curated. A stale answer is never held out.
    /// See <see cref="SemanticCacheStatistics.Holdouts"/>.
    /// </value>
    [Range(0.0, 1.0)]
    public double HoldoutRate { get; set; }

    /// <summary>Sets a separate <see cref="MinimumSimilarity"/> for one scope.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="minimumSimilarity">A cosine in [-1, 1], higher or lower than the threshold of the other scopes.</param>
    /// <exception cref="ArgumentNullException"><paramref name="scope"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="minimumSimilarity"/> is not a cosine.</exception>
    /// <remarks>Has no effect under an error budget.</remarks>
    public void SetMinimumSimilarity(CacheScope scope, float minimumSimilarity)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (!(minimumSimilarity is >= -1 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(minimumSimilarity), minimumSimilarity, "The similarity is a cosine and must be in [-1, 1].");
        }

        if (ScopeThresholds.LastOrDefault(threshold => scope.Equals(threshold.ToScope())) is not { } own)
        {
            own = new ScopeThreshold();
            foreach (var part in scope.Parts)
            {
                own.Scope.Add(part);
            }

            ScopeThresholds.Add(own);
        }

        own.MinimumSimilarity = minimumSimilarity;
    }

    /// <summary>Makes a copy that nobody else can change.</summary>
    internal SemanticCacheOptions Copy()
    {
        var copy = (SemanticCacheOptions)MemberwiseClone();
        copy.ErrorBudget = ErrorBudget?.Copy();
        copy.Limits = Limits.Copy();
        copy.Shadow = Shadow.Copy();
        copy.Freshness = Freshness.Copy();
        copy.FailSafe = FailSafe.Copy();
        copy.Lifetimes = Lifetimes.Copy();
        copy.VerifierBand = VerifierBand.Copy();
        copy.Thresholds = [.. Thresholds.Select(rule => rule.Copy())];
        copy.Prices = [.. Prices.Select(price => price.Copy())];
        copy.ScopeThresholds = [.. ScopeThresholds.Select(threshold => threshold.Copy())];
        return copy;
    }
}
