using RagCaching.LatencyLab.Models;

namespace RagCaching.LatencyLab.Rag;

/// <summary>A piece of documentation that is found as a whole.</summary>
/// <param name="File">Where it stands, relative to the repository.</param>
/// <param name="Heading">The headings above it.</param>
/// <param name="Text">Its Markdown.</param>
internal sealed record DocumentChunk(string File, string Heading, string Text)
{
    /// <summary>Gets what a model reads: the headings are often the only place that names the subject.</summary>
    public string Searchable => $"{Heading}\n{Text}";

    /// <summary>Gets what is embedded: each sentence below its heading, or the whole where there is no sentence.</summary>
    public IReadOnlyList<string> Embedded { get; } = EmbeddedOf(Heading, Text);

    private static string[] EmbeddedOf(string heading, string text) =>
        Sentences.Of(text) is { Count: > 0 } sentences
            ? [.. sentences.Select(sentence => Passage.Embedded(heading, sentence))]
            : [$"{heading}\n{text}"];
}
