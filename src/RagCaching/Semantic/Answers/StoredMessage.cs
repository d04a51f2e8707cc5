namespace RagCaching.Semantic.Answers;

/// <summary>One message of a <see cref="StoredAnswer"/>; always the assistant's.</summary>
internal sealed class StoredMessage
{
    public string? AuthorName { get; init; }

    public required IReadOnlyList<StoredPart> Parts { get; init; }
}
