namespace RagCaching.ErrorBudgets.Model;

/// <summary>Which labels say how far a curve is off where it is used.</summary>
/// <param name="Reach">How many times as likely to be wrong as the worst answer that would be served a labelled one may be and still count.</param>
/// <param name="HalfLife">After how many labels a label counts half; infinite where all count the same.</param>
/// <remarks>
/// What is served gets no label, so labels above the cut-off are of a younger store. Those a little below it keep coming, and tell of the traffic of now. See <c>docs/decisions/repair.md</c>.
/// </remarks>
internal readonly record struct LabelMemory(double Reach, double HalfLife)
{
    /// <summary>Gets the memory in which all labels at or above the cut-off count, and no others.</summary>
    public static LabelMemory All { get; } = new(Reach: 1, HalfLife: double.PositiveInfinity);

    /// <summary>Computes what a label counts.</summary>
    /// <param name="age">How many labels are newer.</param>
    public double Weight(int age) => Math.Pow(0.5, age / HalfLife);
}
