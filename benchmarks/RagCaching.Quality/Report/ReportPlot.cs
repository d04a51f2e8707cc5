namespace RagCaching.Quality.Report;

/// <summary>A plot of a report.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Svg">The picture.</param>
internal sealed record ReportPlot(string Title, string Svg);
