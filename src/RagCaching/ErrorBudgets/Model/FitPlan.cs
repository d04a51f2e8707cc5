namespace RagCaching.ErrorBudgets.Model;

/// <summary>What a scope's fits start from, and what they may be used for.</summary>
internal sealed class FitPlan
{
    private FitPlan(ModelPrior? prior, CutOffRule rule) => (Prior, Rule) = (prior, rule);

    /// <summary>Gets the plan for an embedding model that nothing is known about: features at the scale of the scope's own requests, and no service before its own labels allow it.</summary>
    public static FitPlan Cautious { get; } = new(prior: null, CutOffRule.Cautious) { LeastLabels = 100, LeastOfEach = 5 };

    /// <summary>Gets what is known before there are labels; <see langword="null"/> for nothing.</summary>
    public ModelPrior? Prior { get; }

    public CutOffRule Rule { get; }

    /// <summary>Gets how many labels a fit needs.</summary>
    public int LeastLabels { get; private init; }

    /// <summary>Gets how many of them must be right, and how many wrong.</summary>
    public int LeastOfEach { get; private init; }

    /// <summary>Gets a value indicating whether the prior comes from other scopes of the host, whose labels nobody has checked, and not from measurements.</summary>
    public bool IsInherited { get; private init; }

    /// <summary>Gets how many features a fit uses, from the first on.</summary>
    public int Features => Prior is null ? MatchFeatures.CountWithoutPrior : Prior.Standardizer.Size - 1;

    /// <summary>Gets a value indicating whether a scope serves by its first fit, unless its owner asked for proof.</summary>
    public bool StartsWithFirstFit => IsMeasured;

    /// <summary>Gets a value indicating whether single questions are followed, so that a popular one is checked before it fills the budget alone.</summary>
    public bool FollowsQuestions => IsMeasured;

    /// <summary>Gets a value indicating whether the embedding model was measured.</summary>
    public bool IsMeasured => Prior is not null && !IsInherited;

    /// <summary>Makes the plan of a scope that inherits: it fits from its first labels on, and is as careful as one that knows nothing.</summary>
    /// <param name="prior">What the other scopes of the host have learnt.</param>
    public static FitPlan Inheriting(ModelPrior prior) => new(prior, CutOffRule.Cautious) { IsInherited = true };

    /// <summary>Makes the plan for what is known about an embedding model.</summary>
    /// <param name="prior"><see langword="null"/> or <see cref="ErrorBudgetPrior.None"/> where nothing is.</param>
    /// <exception cref="FormatException">The covariance is not positive definite.</exception>
    public static FitPlan From(ErrorBudgetPrior? prior) => prior?.Numbers is not { Means.Length: > 0 } numbers
        ? Cautious
        : new FitPlan(ModelPrior.FromCovariance(new Standardizer(numbers.ScaleMeans, numbers.ScaleDeviations), numbers.Means, numbers.Covariance), CutOffRule.Informed);
}
