using System.Text.Json;

namespace RagCaching.Quality.Report;

/// <summary>Writes the tables of a report as JSON: each row an object whose properties are the columns.</summary>
internal static class JsonReportWriter
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(QualityReport report) => JsonSerializer.Serialize(
        new
        {
            title = report.Title,
            notes = report.Notes,
            tables = report.Tables.Select(table => new
            {
                title = table.Title,
                rows = table.Rows.Select(row => table.Columns.Zip(row).ToDictionary(pair => pair.First, pair => pair.Second)),
            }),
        },
        Indented);
}
