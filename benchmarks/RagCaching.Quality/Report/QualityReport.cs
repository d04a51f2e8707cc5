namespace RagCaching.Quality.Report;

/// <summary>What a command found.</summary>
internal sealed class QualityReport(string title)
{
    public string Title => title;

    /// <summary>Gets sentences that stand before the tables.</summary>
    public List<string> Notes { get; } = [];

    public List<ReportTable> Tables { get; } = [];

    public List<ReportPlot> Plots { get; } = [];

    /// <summary>Gets or sets the picture of learning curves; <see langword="null"/> where nobody asked for it.</summary>
    public string? Curves { get; set; }
}
