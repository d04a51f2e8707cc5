using System.Text.Json;

namespace RagCaching.Semantic.Entries.Answers;

/// <summary>A source that a model named for what it wrote.</summary>
internal sealed class StoredCitation
{
    public string? Title { get; init; }

    public string? Url { get; init; }

    public string? FileId { get; init; }

    public string? ToolName { get; init; }

    public string? Snippet { get; init; }

    /// <summary>Gets the places in the text that the source is named for.</summary>
    public IReadOnlyList<StoredSpan>? Spans { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? Properties { get; init; }
}
