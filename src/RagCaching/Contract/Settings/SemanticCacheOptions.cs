using System.ComponentModel.DataAnnotations;

namespace RagCaching;

/// <summary>Settings of a <see cref="SemanticCache"/>.</summary>
/// <remarks><see cref="Enabled"/> and <see cref="MinimumSimilarity"/> follow configuration changes while the host runs; the rest is read once.</remarks>
public sealed class SemanticCacheOptions
{
    internal const float DefaultMinimumSimilarity = 0.95f;
    internal const float DefaultNearMissMargin = 0.05f;
    internal const int DefaultMaxQuestionLength = 32_768;
    internal const int DefaultMaxAnswerBytes = 1 << 20;
    internal static readonly TimeSpan DefaultTimeToLive = TimeSpan.FromHours(24);
    internal static readonly TimeSpan DefaultLookupTimeout = TimeSpan.FromSeconds(2);
    internal static readonly TimeSpan DefaultJoinTimeout = TimeSpan.FromSeconds(30);

    internal static readonly TimeSpan DefaultVerifierTimeout = TimeSpan.FromSeconds(1);

    // Replaced and never changed, so that copies can share it.
    private Dictionary<CacheScope, float>? _byScope;

    /// <summary>Gets or sets a value indicating whether the cache is used at all.</summary>
    /// <value>Default <see langword="true"/>. When off, every query is a bypass.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether queries without a scope share their answers between all callers.</summary>
    /// <value>Default <see langword="false"/>: such queries are an error, since sharing answers is a decision.</value>
    public bool ShareAcrossCallers { get; set; }

    /// <summary>Gets or sets the similarity from which on a stored answer may be served to a re-worded question.</summary>
    /// <value>A cosine in [-1, 1]; default 0.95. What is right depends on the embedding model.</value>
    [Range(-1.0, 1.0)]
    public float MinimumSimilarity { get; set; } = DefaultMinimumSimilarity;

    /// <summary>Gets or sets how far below the threshold a miss looks for the nearest stored question, to say how near it was.</summary>
    /// <value>
    /// A difference of cosines, 0 to 2; default 0.05. With 2 every miss says how near the nearest question was. What is farther than 0.05 below is looked for by a second search,
    /// which only misses that found nothing nearer make; among 100,000 entries in memory it takes milliseconds, since little can be ruled out. Under an error budget and in
    /// shadow mode, which look further anyway, it is never less than what these need.
    /// </value>
    [Range(0.0, 2.0)]
    public float NearMissMargin { get; set; } = DefaultNearMissMargin;

    /// <summary>Gets or sets how long a stored answer stays valid.</summary>
    /// <value>Positive, at most 3,650 days; default 24 hours.</value>
    public TimeSpan TimeToLive { get; set; } = DefaultTimeToLive;

    /// <summary>Gets or sets how long a lookup, embedding included, may take before it counts as a miss.</summary>
    /// <value>Positive, at most one hour; default 2 seconds.</value>
    public TimeSpan LookupTimeout { get; set; } = DefaultLookupTimeout;

    /// <summary>Gets or sets how long a caller waits for another caller's answer to the same question before it asks for its own.</summary>
    /// <value>Positive, at most one hour; default 30 seconds.</value>
    public TimeSpan JoinTimeout { get; set; } = DefaultJoinTimeout;

    /// <summary>Gets or sets how long a factory may take to generate an answer, the end of its stream included.</summary>
    /// <value>
    /// Positive, at most one day; default <see langword="null"/>: as long as somebody waits. When it passes, the factory's token is cancelled and every caller that waits gets a
    /// <see cref="TimeoutException"/>, even from a factory that does not look at its token.
    /// </value>
    public TimeSpan? GenerationTimeout { get; set; }

    /// <summary>Gets or sets the length from which on questions bypass the cache; they are never shortened.</summary>
    /// <value>1 to 1,048,576 UTF-16 code units; default 32,768.</value>
    [Range(1, 1 << 20)]
    public int MaxQuestionLength { get; set; } = DefaultMaxQuestionLength;

    /// <summary>Gets or sets the largest answer that is stored, in bytes of its stored form.</summary>
    /// <value>1 to 268,435,456; default 1,048,576. A larger one is returned, not stored.</value>
    [Range(1, 1 << 28)]
    public int MaxAnswerBytes { get; set; } = DefaultMaxAnswerBytes;

    /// <summary>Gets or sets a value indicating whether the cache only watches: it decides and records, and serves nothing by meaning.</summary>
    /// <value>
    /// Default <see langword="false"/>. Exact repeats are served all the same. What would have been served is compared with the new answer and kept in the
    /// <see cref="ShadowLog"/>, from which a threshold can be chosen.
    /// </value>
    public bool Shadow { get; set; }

    /// <summary>Gets or sets a value indicating whether the <see cref="ShadowLog"/> keeps the questions themselves.</summary>
    /// <value>Default <see langword="false"/>: similarities, decisions and comparisons only.</value>
    public bool EnableSensitiveData { get; set; }

    /// <summary>Gets or sets how long an <see cref="IMatchVerifier"/> may take before it counts as a refusal.</summary>
    /// <value>Positive, at most one hour; default 1 second. The time counts towards <see cref="LookupTimeout"/>.</value>
    public TimeSpan VerifierTimeout { get; set; } = DefaultVerifierTimeout;

    /// <summary>Gets or sets the limit on wrong answers that takes the place of <see cref="MinimumSimilarity"/>.</summary>
    /// <value><see langword="null"/> (the default) for none; see <c>UseErrorBudget</c>.</value>
    public ErrorBudgetOptions? ErrorBudget { get; set; }

    /// <summary>Sets another <see cref="MinimumSimilarity"/> for one scope.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="minimumSimilarity">A cosine in [-1, 1], higher or lower than that of the others.</param>
    /// <exception cref="ArgumentOutOfRangeException">The similarity is not a cosine.</exception>
    /// <remarks>Has no effect under an error budget.</remarks>
    public void SetMinimumSimilarity(CacheScope scope, float minimumSimilarity)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (!(minimumSimilarity is >= -1 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(minimumSimilarity), minimumSimilarity, "The similarity is a cosine and must be in [-1, 1].");
        }

        _byScope = _byScope is null ? [] : new Dictionary<CacheScope, float>(_byScope);
        _byScope[scope] = minimumSimilarity;
    }

    internal float MinimumSimilarityOf(CacheScope scope) => _byScope is not null && _byScope.TryGetValue(scope, out var own) ? own : MinimumSimilarity;

    /// <summary>Makes a copy that nobody else can change.</summary>
    internal SemanticCacheOptions Copy()
    {
        var copy = (SemanticCacheOptions)MemberwiseClone();
        copy.ErrorBudget = ErrorBudget?.Copy();
        return copy;
    }
}
