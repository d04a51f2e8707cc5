namespace RagCaching;

/// <summary>A snapshot of the error budget of one scope.</summary>
public sealed class ErrorBudgetStatistics
{
    /// <summary>Gets a value indicating whether the scope serves by meaning. Otherwise it decides without serving: it has not started yet, or has stopped.</summary>
    public required bool IsServing { get; init; }

    /// <summary>Gets the number of requests that the budget decided about.</summary>
    public required long Requests { get; init; }

    /// <summary>Gets the number of requests that were served by meaning.</summary>
    public required long Served { get; init; }

    /// <summary>Gets the number of decisions with a known outcome that the fit can use.</summary>
    /// <value>At most 10,000; the first fit needs 100, or none where the scope started from a prior or from other scopes.</value>
    public required int Labels { get; init; }

    /// <summary>Gets the number of decisions to serve that were audited by answering again.</summary>
    public required long Audits { get; init; }

    /// <summary>Gets the number of audited decisions whose answer would have been wrong.</summary>
    public required long WrongAudits { get; init; }

    /// <summary>Gets an upper bound on the share of wrong answers among those served by meaning.</summary>
    /// <value>
    /// In [0, 1]. It holds with 95 % confidence, simultaneously at all times, however often it is read. It assumes nothing about the fit, but it
    /// assumes that the comparer is right. It is wide until there are some hundred audits, and it reflects a changed error rate late.
    /// </value>
    public required double ErrorRateUpper { get; init; }

    /// <summary>Gets the number of times that the scope stopped serving because audits found too many wrong answers.</summary>
    public required long BreakerTrips { get; init; }

    /// <summary>Gets a value indicating whether the scope started from what other scopes of this host had learnt: see <see cref="ErrorBudgetOptions.InheritFromOtherScopes"/>.</summary>
    public bool HasInherited { get; init; }
}
