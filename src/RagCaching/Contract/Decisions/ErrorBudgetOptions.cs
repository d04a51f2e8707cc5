namespace RagCaching;

/// <summary>Settings of an error budget: the share of wrong answers allowed among those served by meaning, and how it is measured.</summary>
/// <remarks>
/// The budget is a target that is audited and reported, not a guarantee. It holds as long as traffic resembles the labelled traffic, the
/// <see cref="IAnswerComparer"/> is right, and the fitted curve suits the data. See <c>docs/choosing-a-limit.md</c>.
/// </remarks>
public sealed class ErrorBudgetOptions
{
    internal const double DefaultMaxErrorRate = 0.02;
    internal const double DefaultAuditRate = 0.03;
    internal const float DefaultMinimumSimilarity = 0.5f;
    internal const int DefaultNeighbours = 10;
    internal static readonly TimeSpan DefaultComparisonTimeout = TimeSpan.FromSeconds(10);

    // No property: configuration cannot hold it.
    private ErrorBudgetPrior? _prior;

    /// <summary>Gets or sets the target share of wrong answers among those served by meaning.</summary>
    /// <value>In (0, 0.5]; default 0.02. A budget below 0.02 is hard to hold and serves little.</value>
    public double MaxErrorRate { get; set; } = DefaultMaxErrorRate;

    /// <summary>Gets or sets the share of hits by meaning that are audited: answered again and compared with the stored answer.</summary>
    /// <value>In [0, 1]; default 0.03. Each audit costs a model call. With 0, nothing is learnt about served answers, and changes go unnoticed.</value>
    public double AuditRate { get; set; } = DefaultAuditRate;

    /// <summary>Gets or sets the similarity below which nothing is served or learnt.</summary>
    /// <value>
    /// A cosine in [-1, 1]; default 0.5. It replaces <see cref="SemanticCacheOptions.MinimumSimilarity"/> and should be low: the budget learns
    /// where to serve, and it needs matches that are not good enough to learn from.
    /// </value>
    public float MinimumSimilarity { get; set; } = DefaultMinimumSimilarity;

    /// <summary>Gets or sets how many of the nearest stored questions are considered.</summary>
    /// <value>2 to 64; default 10. Fewer neighbours make decisions less reliable.</value>
    public int Neighbours { get; set; } = DefaultNeighbours;

    /// <summary>Gets or sets a value indicating whether a scope waits for statistical proof before it starts to serve.</summary>
    /// <value>
    /// Default <see langword="false"/>: a scope starts with its first fit where there is an <see cref="ErrorBudgetPrior"/>, else when its first decisions were right often enough. With <see langword="true"/>, it waits until an upper bound
    /// on its error rate, valid with 90 % confidence simultaneously at all times, is within the budget. Many scopes then never start.
    /// </value>
    public bool StrictStart { get; set; }

    /// <summary>Gets or sets the time limit of one comparison of answers, after which the comparison counts as unknown.</summary>
    /// <value>Positive, at most one hour; default 10 seconds. The caller whose answer is compared waits for the comparison.</value>
    public TimeSpan ComparisonTimeout { get; set; } = DefaultComparisonTimeout;

    /// <summary>Gets or sets a value indicating whether a new scope starts from what the other scopes of this cache have learnt.</summary>
    /// <value>
    /// Default <see langword="true"/>. Only with an embedding model without an <see cref="ErrorBudgetPrior"/>, and from five scopes with 200 labels each on: the medians of the weights of their curves and how much
    /// they differ, no question, answer or vector. Such a scope waits for its own decisions to be right before it serves, like any other. See docs/decisions/inheritance.md.
    /// </value>
    public bool InheritFromOtherScopes { get; set; } = true;

    /// <summary>Sets what is known before a scope has traffic of its own. Without this call it is what comes with the library for the embedding model, if anything: <see cref="ErrorBudgetPrior.For"/>.</summary>
    /// <param name="prior">One that was made for the embedding model: that of another model makes a budget serve too much. <see cref="ErrorBudgetPrior.None"/> for nothing.</param>
    /// <returns>The options.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="prior"/> is <see langword="null"/>.</exception>
    public ErrorBudgetOptions UsePrior(ErrorBudgetPrior prior)
    {
        ArgumentNullException.ThrowIfNull(prior);

        _prior = prior;
        return this;
    }

    /// <summary>Gets what is known before a scope has traffic of its own.</summary>
    /// <param name="embeddingModel">The model that embeds questions, where it is known.</param>
    internal ErrorBudgetPrior? PriorFor(string? embeddingModel) => _prior ?? ErrorBudgetPrior.For(embeddingModel);

    /// <summary>Gets a value indicating whether a new scope may start from what others have learnt: not where the owner has said what is known.</summary>
    internal bool MayInherit => InheritFromOtherScopes && _prior is null;

    internal ErrorBudgetOptions Copy() => (ErrorBudgetOptions)MemberwiseClone();
}
