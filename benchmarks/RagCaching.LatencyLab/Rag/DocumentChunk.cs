namespace RagCaching.LatencyLab.Rag;

/// <summary>A piece of documentation that is found as a whole.</summary>
/// <param name="File">Where it stands, relative to the repository.</param>
/// <param name="Heading">The headings above it.</param>
/// <param name="Text">Its Markdown.</param>
internal sealed record DocumentChunk(string File, string Heading, string Text)
{
    /// <summary>Gets what is embedded: the headings are often the only place that names the subject.</summary>
    public string Searchable => $"{Heading}\n{Text}";
}
