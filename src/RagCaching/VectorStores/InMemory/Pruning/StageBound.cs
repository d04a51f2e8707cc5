namespace RagCaching.VectorStores.InMemory.Pruning;

/// <summary>What a stage's sum of products says about a vector's similarity to the query: never less than it is.</summary>
/// <remarks>
/// <para>
/// With coordinates <c>h</c> on orthonormal axes and <c>t</c> for the norm of the rest, <c>q·x ≤ h_q·h_x + t_q·t_x</c> (Cauchy–Schwarz). Codes
/// <c>c</c> stand for <c>h_x = o + s·c + e</c>, so <c>h_q·e ≤ |h_q,0|·|e_0| + |h_q,1…|·|e_1…|</c>. Integer weights <c>v</c> stand for <c>h_q·s = S·v + δ</c>. One more code,
/// rounded up, is that of <c>r = t_x + ρ·|e_1…|</c>, with a <c>ρ</c> near <c>|h_q,1…| / t_q</c> of most queries, so that the errors of each vector count and not the largest of all:
/// </para>
/// <code>
/// |h_q,1…|·|e_1…| + t_q·t_x ≤ t_q·r + max(0, |h_q,1…| − ρ·t_q)·E
/// q·x ≤ S·⟨v,c⟩ + K + slack
/// K     = Σ h_q·o + t_q·o_r + m·Σ δ
/// slack = min(m·Σ|δ|, |δ|·C) + |h_q,0|·s_0/2 + max(0, |h_q,1…| − ρ·t_q)·E
/// </code>
/// <para>
/// <c>m</c> is the middle code, <c>C</c> the largest norm of a stored vector's codes relative to it, <c>E</c> that of its rounding errors without axis 0. For stage 4, whose errors
/// are small, <c>ρ</c> is 0. In the stripes the weights of axis 0 and of the rest have 16 bits and one <see cref="WeightScale.Fineness"/>th of the scale; their <c>δ</c> counts in full with the constant.
/// A vector outside of the ranges has a separate <c>C</c> and <c>E</c>, its error on axis 0 in place of <c>s_0/2</c>, and by <c>t_q</c> times what its rest is larger than
/// the largest code says. Source of the idea:
/// "Panorama" (arXiv 2510.00566) and FEXIPRO (SIGMOD 2017); the quantised form and its slack are this library's.
/// </para>
/// </remarks>
internal readonly record struct StageBound
{
    /// <summary>
    /// More than all rounding of single precision together: of the coordinates, of a basis that is orthonormal only so far, and of the
    /// score that the bound is compared with. It is a hundredth of the slack that the codes need.
    /// </summary>
    private const double Rounding = 4e-5;

    /// <summary>Gets or initializes what one unit of the sum stands for, <c>S</c>.</summary>
    public double Scale { get; init; }

    /// <summary>Gets or initializes what is the same for every vector, <c>K</c>.</summary>
    public double Constant { get; init; }

    /// <summary>Gets or initializes <c>m·Σ|δ|</c>.</summary>
    public double WeightErrorSum { get; init; }

    /// <summary>Gets or initializes <c>|δ|</c>.</summary>
    public double WeightErrorNorm { get; init; }

    /// <summary>Gets or initializes <c>|h_q,0|</c>.</summary>
    public double FirstCoordinate { get; init; }

    /// <summary>Gets or initializes <c>s_0/2</c>.</summary>
    public double FirstAxisError { get; init; }

    /// <summary>Gets or initializes <c>t_q</c>.</summary>
    public double Tail { get; init; }

    /// <summary>Gets or initializes <c>max(0, |h_q,1…| − ρ·t_q)</c>.</summary>
    public double ErrorFactor { get; init; }

    /// <summary>Computes what has to be added to the sum of products for the vectors of a segment.</summary>
    /// <param name="spread">The segment's <c>C</c> for the stage.</param>
    /// <param name="error">The segment's <c>E</c> for the stage.</param>
    public double OffsetFor(double spread, double error) => OffsetFor(spread, error, FirstAxisError);

    /// <summary>Computes what has to be added to the sum of products for one vector outside of the ranges.</summary>
    /// <param name="outlier">The vector.</param>
    /// <param name="stage">The stage that the bound belongs to.</param>
    public double OffsetFor(in CodeOutlier outlier, int stage) =>
        OffsetFor(outlier.SpreadAt(stage), outlier.ErrorAt(stage), outlier.FirstAxis) + (Tail * outlier.RestExcessAt(stage));

    /// <summary>Computes the sum of products below which no vector reaches a similarity.</summary>
    /// <param name="similarity">The similarity.</param>
    /// <param name="offset">What <see cref="OffsetFor(double, double)"/> gave.</param>
    public int LimitFor(float similarity, double offset) => (int)Math.Clamp(Math.Floor((similarity - offset) / Scale), int.MinValue, int.MaxValue);

    /// <summary>Computes the similarity that a vector cannot exceed.</summary>
    public float Upper(int sum, double offset) => (float)((sum * Scale) + offset);

    private double OffsetFor(double spread, double error, double firstAxisError) =>
        Constant + Rounding + (FirstCoordinate * firstAxisError)
        + Math.Min(WeightErrorSum, WeightErrorNorm * spread) + (ErrorFactor * error);
}
