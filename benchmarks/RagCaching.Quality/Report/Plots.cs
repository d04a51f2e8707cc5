using ScottPlot;
using ScottPlot.Plottables;

namespace RagCaching.Quality.Report;

/// <summary>Draws the plots of reports.</summary>
internal static class Plots
{
    private const int Width = 820;
    private const int Height = 460;
    private const int Bins = 40;

    /// <summary>Draws points with their intervals, one series for each name.</summary>
    /// <param name="title">The title.</param>
    /// <param name="x">The name of the horizontal axis.</param>
    /// <param name="y">The name of the vertical axis.</param>
    /// <param name="series">The points of each series.</param>
    /// <param name="legend">The corner in which there is hardly anything to hide.</param>
    public static ReportPlot Points(
        string title, string x, string y, IEnumerable<(string Name, IReadOnlyList<PlotPoint> Points)> series, Alignment legend = Alignment.LowerRight)
    {
        var plot = NewPlot(x, y);

        // Single points may lie on a curve, so curves are drawn first.
        foreach (var (name, points) in series.OrderByDescending(one => one.Points.Count))
        {
            var scatter = plot.Add.Scatter([.. points.Select(point => point.X)], (double[])[.. points.Select(point => point.Y)]);
            scatter.LegendText = name;
            scatter.LineWidth = points.Count > 8 ? 2 : 1;
            var bars = new ErrorBar(
                xs: [.. points.Select(point => point.X)],
                ys: [.. points.Select(point => point.Y)],
                xErrorsNegative: [.. points.Select(point => point.X - point.Left)],
                xErrorsPositive: [.. points.Select(point => point.Right - point.X)],
                yErrorsNegative: [.. points.Select(point => point.Y - point.Low)],
                yErrorsPositive: [.. points.Select(point => point.High - point.Y)]);
            plot.Add.Plottable(bars);
            bars.Color = scatter.Color.WithAlpha(0.5);
        }

        return Draw(title, plot, legend);
    }

    /// <summary>Draws precision and recall by threshold.</summary>
    public static ReportPlot Thresholds(string name, ThresholdCalibration calibration) => Points(
        $"{name}: precision by threshold",
        "threshold",
        "precision",
        [
            ("precision", [.. calibration.Curve.Select(point => new PlotPoint(point.Threshold, point.Precision, point.PrecisionLower, point.PrecisionUpper))]),
            ("recall", [.. calibration.Curve.Select(point => new PlotPoint(point.Threshold, point.Recall, point.Recall, point.Recall))]),
        ],
        Alignment.LowerLeft);

    /// <summary>Draws how often each similarity occurs among right and among wrong pairs.</summary>
    public static ReportPlot Histograms(string title, IReadOnlyList<double> right, IReadOnlyList<double> wrong)
    {
        var plot = NewPlot("similarity", "pairs");
        foreach (var (name, values) in (ReadOnlySpan<(string, IReadOnlyList<double>)>)[("right", right), ("wrong", wrong)])
        {
            var low = Math.Min(right.DefaultIfEmpty(0).Min(), wrong.DefaultIfEmpty(0).Min());
            var counts = new double[Bins];
            foreach (var value in values)
            {
                counts[Math.Clamp((int)((value - low) / (1 - low + 1e-9) * Bins), 0, Bins - 1)]++;
            }

            var scatter = plot.Add.Scatter([.. Enumerable.Range(0, Bins).Select(bin => low + ((bin + 0.5) * (1 - low) / Bins))], counts);
            scatter.LegendText = name;
            scatter.FillY = true;
            scatter.FillYColor = scatter.Color.WithAlpha(0.2);
            scatter.MarkerSize = 0;
        }

        return Draw(title, plot, Alignment.UpperLeft);
    }

    private static Plot NewPlot(string x, string y)
    {
        var plot = new Plot();
        plot.XLabel(x);
        plot.YLabel(y);
        return plot;
    }

    private static ReportPlot Draw(string title, Plot plot, Alignment legend)
    {
        plot.ShowLegend(legend);
        return new ReportPlot(title, plot.GetSvgXml(Width, Height));
    }
}
