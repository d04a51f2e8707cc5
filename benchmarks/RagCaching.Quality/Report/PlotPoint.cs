namespace RagCaching.Quality.Report;

/// <summary>A point of a plot with the intervals it may lie in: from low to high and, where it is uncertain that way too, from left to right.</summary>
internal readonly record struct PlotPoint(double X, double Y, double Low, double High)
{
    public double Left { get; init; } = X;

    public double Right { get; init; } = X;
}
