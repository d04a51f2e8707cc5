namespace RagCaching.Quality.Simulation;

/// <summary>Traffic whose truth is known: how likely a candidate is right, by its similarity and the agreement around it.</summary>
/// <param name="Name">What it is like.</param>
/// <param name="Middle">The similarity at which a candidate is right as often as not.</param>
/// <param name="Slope">How steep the curve is.</param>
/// <param name="Agreement">How much one more neighbour with the same answer counts.</param>
internal sealed record KnownCurve(string Name, double Middle, double Slope, double Agreement)
{
    public static IReadOnlyList<KnownCurve> All { get; } =
    [
        new("easy", 0.70, 30, 0.8),
        new("medium", 0.85, 25, 0.8),
        new("hard", 0.95, 20, 0.8),
        new("hopeless", 1.30, 8, 0.2),
    ];

    public double Probability(double similarity, int agreeing) => 1 / (1 + Math.Exp(-((Slope * (similarity - Middle)) + (Agreement * (agreeing - 2)))));
}
