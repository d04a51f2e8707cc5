using RagCaching.Calibration.Statistics;

namespace RagCaching.ErrorBudgets.Gates;

/// <summary>Keeps a scope from serving until the decisions it would have made were right often enough.</summary>
/// <param name="maxErrorRate">The budget.</param>
/// <param name="isStrict">Whether to wait for proof.</param>
/// <param name="startsOpen">Whether a first fit is good enough to serve by, unless proof is asked for. After an alarm it is not.</param>
/// <remarks>
/// Every decision made before is labelled, since nothing was served. There are two ways in: the decisions that were made, and those that the newest fit would have
/// made about the requests that were labelled before it. See <c>docs/decisions/start-gate.md</c>. Not thread-safe.
/// </remarks>
internal sealed class StartRule(double maxErrorRate, bool isStrict, bool startsOpen = false)
{
    // The strict gate waits for a bound that holds with 90 % at every look.
    private const double StrictAlpha = 0.1;

    /// <summary>Gets a value indicating whether serving has started.</summary>
    public bool IsOpen { get; private set; } = startsOpen && !isStrict;

    /// <summary>Gets how many decisions to serve were labelled while the gate was closed.</summary>
    public int Decisions { get; private set; }

    /// <summary>Gets how many of them were wrong.</summary>
    public int Wrong { get; private set; }

    /// <summary>Takes what would have come of a decision to serve.</summary>
    public void Add(bool isRight)
    {
        if (IsOpen)
        {
            return;
        }

        Decisions++;
        Wrong += isRight ? 0 : 1;
        IsOpen = isStrict
            ? ErrorRateBound.Upper(Wrong, Decisions, maxErrorRate, StrictAlpha) <= maxErrorRate
            : IsEnough(Decisions, Wrong);
    }

    /// <summary>Takes what a fit says about requests whose outcome is known. It is no proof, so the strict gate does not listen.</summary>
    /// <param name="decisions">How many of them would have been served.</param>
    /// <param name="wrong">How many of those were wrong.</param>
    public void LookBack(int decisions, int wrong) => IsOpen |= !isStrict && IsEnough(decisions, wrong);

    /// <summary>Closes the gate and starts counting anew.</summary>
    public void Close() => Restore(isOpen: false, decisions: 0, wrong: 0);

    public void Restore(bool isOpen, int decisions, int wrong) => (IsOpen, Decisions, Wrong) = (isOpen, decisions, wrong);

    private bool IsEnough(int decisions, int wrong) => decisions >= 1 / maxErrorRate && wrong <= decisions * maxErrorRate;
}
