using System.Text.Json;

namespace RagCaching.Semantic.Entries.Answers;

/// <summary>A run of text, or of reasoning, within a <see cref="StoredMessage"/>.</summary>
internal sealed class StoredPart
{
    /// <summary>Gets a value indicating whether this is the model's reasoning rather than its answer.</summary>
    public bool IsReasoning { get; init; }

    /// <summary>Gets the whole text.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the lengths of the pieces in which the text arrived, in UTF-16 code units; they add up to the text's.</summary>
    public required IReadOnlyList<int> Pieces { get; init; }

    /// <summary>Gets the sources named for the text; a part that has any came in one piece.</summary>
    public IReadOnlyList<StoredCitation>? Citations { get; init; }

    /// <summary>Gets the additional properties of the text or the reasoning that have a JSON form; a part that has any came in one piece.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Properties { get; init; }

    /// <summary>Gets the provider's opaque form of the reasoning.</summary>
    public string? ProtectedData { get; init; }
}
