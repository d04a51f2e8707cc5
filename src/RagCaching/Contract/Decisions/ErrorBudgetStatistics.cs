namespace RagCaching;

/// <summary>How the error budget of one scope is doing, at one moment.</summary>
public sealed class ErrorBudgetStatistics
{
    /// <summary>Gets a value indicating whether the scope serves by meaning, or is still (or again) deciding without serving.</summary>
    public required bool IsServing { get; init; }

    /// <summary>Gets how many requests were decided about.</summary>
    public required long Requests { get; init; }

    /// <summary>Gets how many of them were served by meaning.</summary>
    public required long Served { get; init; }

    /// <summary>Gets how many decisions with a known outcome the fit can use.</summary>
    /// <value>At most 10,000; the first fit takes 100.</value>
    public required int Labels { get; init; }

    /// <summary>Gets how many decisions to serve were checked by answering anew.</summary>
    public required long Audits { get; init; }

    /// <summary>Gets how many of those would have been wrong.</summary>
    public required long WrongAudits { get; init; }

    /// <summary>Gets an upper bound on the share of wrong answers among those served by meaning.</summary>
    /// <value>
    /// In [0, 1]. It holds with 95 % at every moment at once, however often it is looked at, assumes nothing about the fit, and is wide until some
    /// hundred audits are in. It assumes that the comparer is right; an error rate that has changed shows late.
    /// </value>
    public required double ErrorRateUpper { get; init; }

    /// <summary>Gets how often the scope stopped itself because audits found too many wrong answers.</summary>
    public required long BreakerTrips { get; init; }
}
