using System.Globalization;
using System.Net;
using System.Text;

namespace RagCaching.Quality.Report;

/// <summary>Draws hits by requests as a picture for documents: it brings its own white ground, so that it can be read on dark pages too, and says in words what it shows.</summary>
internal static class LearningCurves
{
    private const int Width = 640;
    private const int Height = 400;
    private const int Left = 56;
    private const int Right = 624;
    private const int Top = 56;
    private const int Bottom = 330;
    private const int LegendTop = 372;
    private const int MostHits = 100;
    private const int HitsPerLine = 20;

    // They differ in lightness too, for readers who cannot tell the hues apart.
    private static readonly string[] Colours = ["#08306b", "#4292c6", "#a63603", "#fd8d3c"];

    /// <summary>Draws.</summary>
    /// <param name="title">What is shown.</param>
    /// <param name="subtitle">Of what.</param>
    /// <param name="series">Hits in percent among the requests up to each point; at most four.</param>
    /// <param name="mostRequests">Where the picture ends.</param>
    public static string Draw(string title, string subtitle, IReadOnlyList<(string Name, IReadOnlyList<PlotPoint> Points)> series, double mostRequests)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(series.Count, Colours.Length);

        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-labelledby=\"t d\" font-family=\"sans-serif\" font-size=\"12\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<title id=\"t\">{WebUtility.HtmlEncode(title)}</title>\n<desc id=\"d\">{WebUtility.HtmlEncode(Describe(series, mostRequests))}</desc>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"#fff\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"24\" font-size=\"15\">{WebUtility.HtmlEncode(title)}</text>\n<text x=\"{Left}\" y=\"42\" fill=\"#555\">{WebUtility.HtmlEncode(subtitle)}</text>\n");
        Grid(svg, mostRequests);
        for (var i = 0; i < series.Count; i++)
        {
            var points = series[i].Points.Where(point => point.X <= mostRequests).Select(point =>
                string.Create(CultureInfo.InvariantCulture, $"{X(point.X, mostRequests):F1},{Y(point.Y):F1}"));
            svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{string.Join(' ', points)}\" fill=\"none\" stroke=\"{Colours[i]}\" stroke-width=\"2\"/>\n");
            var x = Left + (i % 2 * (Right - Left) / 2);
            var y = LegendTop + (i / 2 * 18);
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{x} {y - 4}h22\" stroke=\"{Colours[i]}\" stroke-width=\"2\"/><text x=\"{x + 28}\" y=\"{y}\">{WebUtility.HtmlEncode(series[i].Name)}</text>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Grid(StringBuilder svg, double mostRequests)
    {
        for (var hits = 0; hits <= MostHits; hits += HitsPerLine)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{Left} {Y(hits):F1}h{Right - Left}\" stroke=\"#ddd\"/><text x=\"{Left - 6}\" y=\"{Y(hits) + 4:F1}\" text-anchor=\"end\">{hits} %</text>\n");
        }

        for (var quarter = 0; quarter <= 4; quarter++)
        {
            var requests = mostRequests * quarter / 4;
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(requests, mostRequests):F1}\" y=\"{Bottom + 18}\" text-anchor=\"middle\">{requests:N0}</text>\n");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{(Left + Right) / 2}\" y=\"{Bottom + 30}\" text-anchor=\"middle\" fill=\"#555\" font-size=\"11\">requests, exact repeats not counted</text>\n");
    }

    private static string Describe(IReadOnlyList<(string Name, IReadOnlyList<PlotPoint> Points)> series, double mostRequests) => string.Join(' ', series.Select(one =>
    {
        var shown = one.Points.Where(point => point.X <= mostRequests).ToArray();
        var named = shown.Where((_, i) => i % Math.Max(1, shown.Length / 4) == 0 || i == shown.Length - 1);
        return string.Create(CultureInfo.InvariantCulture, $"{one.Name}: {string.Join(", ", named.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.Y:F0} % up to request {point.X:N0}")))}.");
    }));

    private static double X(double requests, double mostRequests) => Left + (requests / mostRequests * (Right - Left));

    private static double Y(double hits) => Bottom - (hits / MostHits * (Bottom - Top));
}
