using RagCaching.ErrorBudgets.State;

namespace RagCaching.ErrorBudgets.Gates;

/// <summary>Notices from audits that the share of wrong answers has risen above the budget.</summary>
/// <remarks>
/// A Shiryaev–Roberts detector over five alternatives. While the rate is within the budget at every step, the expected number of audits
/// until a false alarm is at least <see cref="Threshold"/>, and an alarm within n audits has at most probability n / <see cref="Threshold"/>,
/// however often one looks. Source: Shin, Ramdas and Rinaldo, "E-detectors: a nonparametric framework for sequential change detection", 2022.
/// Not thread-safe.
/// </remarks>
internal sealed class AuditBreaker
{
    /// <summary>The evidence at which the alarm is raised.</summary>
    public const double Threshold = 1000;

    private const double HighestRate = 0.9;

    private readonly double[] _ifWrong = new double[BudgetState.Alternatives];
    private readonly double[] _ifRight = new double[BudgetState.Alternatives];
    private readonly double[] _evidence = new double[BudgetState.Alternatives];

    public AuditBreaker(double maxErrorRate)
    {
        ReadOnlySpan<double> multiples = [1.5, 2, 3, 5, 10];
        for (var i = 0; i < BudgetState.Alternatives; i++)
        {
            var rate = Math.Min(HighestRate, multiples[i] * maxErrorRate);
            _ifWrong[i] = rate / maxErrorRate;
            _ifRight[i] = (1 - rate) / (1 - maxErrorRate);
        }
    }

    /// <summary>Gets the evidence for each alternative.</summary>
    public ReadOnlySpan<double> Evidence => _evidence;

    /// <summary>Gets the evidence that something has changed; an alarm is raised when it reaches <see cref="Threshold"/>.</summary>
    public double Mean
    {
        get
        {
            var sum = 0.0;
            foreach (var value in _evidence)
            {
                sum += value;
            }

            return sum / BudgetState.Alternatives;
        }
    }

    /// <summary>Takes the outcome of an audit.</summary>
    /// <returns>Whether an alarm is raised; the detector then starts anew.</returns>
    public bool Add(bool isRight)
    {
        for (var i = 0; i < BudgetState.Alternatives; i++)
        {
            _evidence[i] = (1 + _evidence[i]) * (isRight ? _ifRight[i] : _ifWrong[i]);
        }

        if (Mean < Threshold)
        {
            return false;
        }

        Array.Clear(_evidence);
        return true;
    }

    public void Restore(ReadOnlySpan<double> evidence) => evidence.CopyTo(_evidence);
}
