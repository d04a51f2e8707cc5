namespace RagCaching.Pipeline.Retrieval;

/// <summary>Scores as shares of the best one of the same list.</summary>
internal static class RelativeScore
{
    /// <summary>Compares a score with the best.</summary>
    /// <returns>A share in [0, 1]; 1 where there are no scores that can be compared: then there is only an order, which speaks against nothing.</returns>
    public static double Of(double? score, double best) =>
        score is { } own && best > 0 && double.IsFinite(best) ? Math.Clamp(double.IsNaN(own) ? 0 : own / best, 0, 1) : 1;
}
