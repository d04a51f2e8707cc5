namespace RagCaching.Semantic.Entries.Answers;

/// <summary>What the answer cost when it was generated; counted as saved whenever it is served again.</summary>
internal sealed class StoredUsage
{
    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }
}
