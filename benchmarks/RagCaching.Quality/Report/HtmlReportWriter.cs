using System.Net;
using System.Text;

namespace RagCaching.Quality.Report;

/// <summary>Writes a report as one page that needs no other file.</summary>
internal static class HtmlReportWriter
{
    private const string Style =
        "body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#222}"
        + "table{border-collapse:collapse;margin:1rem 0;font-size:13px}caption{text-align:left;font-weight:600;padding:.3rem 0}"
        + "th,td{border-bottom:1px solid #ddd;padding:.2rem .6rem;text-align:right}th:first-child,td:first-child{text-align:left}figure{margin:1.5rem 0}svg{max-width:100%;height:auto}";

    public static string Write(QualityReport report)
    {
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>").Append(Encode(report.Title)).Append("</title><style>").Append(Style).Append("</style></head><body>\n");
        page.Append("<h1>").Append(Encode(report.Title)).Append("</h1>\n");
        foreach (var note in report.Notes)
        {
            page.Append("<p>").Append(Encode(note)).Append("</p>\n");
        }

        foreach (var plot in report.Plots)
        {
            // The declaration in front belongs to a file of its own.
            page.Append("<figure><figcaption>").Append(Encode(plot.Title)).Append("</figcaption>").Append(plot.Svg[plot.Svg.IndexOf("<svg", StringComparison.Ordinal)..]).Append("</figure>\n");
        }

        foreach (var table in report.Tables)
        {
            page.Append("<table><caption>").Append(Encode(table.Title)).Append("</caption><tr>");
            Append(page, "th", table.Columns);
            foreach (var row in table.Rows)
            {
                page.Append("<tr>");
                Append(page, "td", row);
            }

            page.Append("</table>\n");
        }

        return page.Append("</body></html>\n").ToString();
    }

    private static void Append(StringBuilder page, string tag, IReadOnlyList<string> values)
    {
        foreach (var value in values)
        {
            page.Append('<').Append(tag).Append('>').Append(Encode(value)).Append("</").Append(tag).Append('>');
        }

        page.Append("</tr>\n");
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
