namespace RagCaching.Semantic.Entries.Answers;

/// <summary>A place in a text, in UTF-16 code units, as the model gave it.</summary>
internal sealed class StoredSpan
{
    public int? Start { get; init; }

    public int? End { get; init; }
}
