using System.Text.Json;

namespace RagCaching.Semantic.Entries.Answers;

/// <summary>One message of a <see cref="StoredAnswer"/>; always the assistant's.</summary>
internal sealed class StoredMessage
{
    public string? AuthorName { get; init; }

    /// <summary>Gets the additional properties that have a JSON form, of a message that came whole.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Properties { get; init; }

    public required IReadOnlyList<StoredPart> Parts { get; init; }
}
