namespace RagCaching;

/// <summary>How many of the answers that are served by meaning may be wrong, and how that is found out.</summary>
/// <remarks>
/// The budget is a target that is audited and reported, not a guarantee: it holds as far as traffic stays like the labelled traffic, the
/// <see cref="IAnswerComparer"/> is right, and the fitted curve suits the data. See <c>docs/choosing-a-limit.md</c>.
/// </remarks>
public sealed class ErrorBudgetOptions
{
    internal const double DefaultMaxErrorRate = 0.02;
    internal const double DefaultAuditRate = 0.03;
    internal const float DefaultMinimumSimilarity = 0.5f;
    internal const int DefaultNeighbours = 10;
    internal static readonly TimeSpan DefaultComparisonTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets the share of wrong answers among those served by meaning that is aimed at.</summary>
    /// <value>In (0, 0.5]; default 0.02. A budget below 0.02 is hard to hold and serves little.</value>
    public double MaxErrorRate { get; set; } = DefaultMaxErrorRate;

    /// <summary>Gets or sets the share of hits by meaning that are answered anew all the same, and compared.</summary>
    /// <value>In [0, 1]; default 0.03. Each costs a model call. With 0 nothing is found out about what is served, and changes go unnoticed.</value>
    public double AuditRate { get; set; } = DefaultAuditRate;

    /// <summary>Gets or sets the similarity below which nothing is served or learnt.</summary>
    /// <value>
    /// A cosine in [-1, 1]; default 0.5. It takes the place of <see cref="SemanticCacheOptions.MinimumSimilarity"/> and should be low: where to
    /// serve is learnt, and that takes matches that are not good enough.
    /// </value>
    public float MinimumSimilarity { get; set; } = DefaultMinimumSimilarity;

    /// <summary>Gets or sets how many of the nearest stored questions are looked at.</summary>
    /// <value>2 to 64; default 10. Fewer make a worse judge.</value>
    public int Neighbours { get; set; } = DefaultNeighbours;

    /// <summary>Gets or sets a value indicating whether a scope waits for a proof before it starts to serve.</summary>
    /// <value>
    /// Default <see langword="false"/>: a scope starts when its first decisions were right often enough. With <see langword="true"/> it waits until an upper bound
    /// on its error rate, valid with 90 % at every look, is within the budget; many scopes then never start.
    /// </value>
    public bool StrictStart { get; set; }

    /// <summary>Gets or sets how long one comparison of answers may take before it counts as unknown.</summary>
    /// <value>Positive, at most one hour; default 10 seconds. The caller whose answer is compared waits for it.</value>
    public TimeSpan ComparisonTimeout { get; set; } = DefaultComparisonTimeout;

    internal ErrorBudgetOptions Copy() => (ErrorBudgetOptions)MemberwiseClone();
}
