namespace RagCaching.Quality.Report;

/// <summary>A table of a report; every value is written as it is shown.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Columns">The names of the columns.</param>
/// <param name="Rows">The rows, with as many values as there are columns.</param>
internal sealed record ReportTable(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);
