namespace RagCaching.Quality.Report;

/// <summary>A point of a plot with the interval it may lie in.</summary>
internal readonly record struct PlotPoint(double X, double Y, double Low, double High);
