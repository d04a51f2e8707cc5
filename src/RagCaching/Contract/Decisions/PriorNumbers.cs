namespace RagCaching.Contract.Decisions;

/// <summary>The numbers of an <see cref="ErrorBudgetPrior"/>.</summary>
/// <param name="ScaleMeans">The mean of each feature.</param>
/// <param name="ScaleDeviations">Its standard deviation.</param>
/// <param name="Means">The mean of each weight, that of the intercept first.</param>
/// <param name="Covariance">Their covariance, row-major.</param>
internal sealed record PriorNumbers(double[] ScaleMeans, double[] ScaleDeviations, double[] Means, double[] Covariance)
{
    /// <summary>Gets the names of the features, in their order.</summary>
    public static readonly string[] Features =
        ["similarity", "agreement", "vote", "shared-words", "shared-content", "centroid-margin", "record", "shared-trigrams", "length-difference", "covered-content", "own-content", "trigram-margin"];

    /// <summary>Gets no numbers at all.</summary>
    public static PriorNumbers None { get; } = new([], [], [], []);
}
