namespace RagCaching;

/// <summary>What the readers of questions and answers have in common: whose the answers are, and how long they may be.</summary>
public abstract class AnswerReaderOptions
{
    /// <summary>The smallest value of <see cref="MaxRecordLength"/>.</summary>
    public const int LeastMaxRecordLength = 1_024;

    private protected AnswerReaderOptions()
    {
    }

    /// <summary>Gets who may see the answers.</summary>
    /// <value>Default <see langword="null"/>: the ambient scope. What a column or a field says goes before it.</value>
    public CacheScope? Scope { get; init; }

    /// <summary>Gets the partition within the scope, as in <see cref="SemanticCacheQuery.Partition"/>.</summary>
    public string? Partition { get; init; }

    /// <summary>Gets the tags that every answer gets.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Gets how long the answers are valid.</summary>
    /// <value>Positive. Default <see langword="null"/>: as long as the source says, or else as the cache keeps answers.</value>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>Gets a value indicating whether people wrote or approved the answers, as in <see cref="ImportedAnswer.IsCurated"/>.</summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool AreCurated { get; init; }

    /// <summary>Gets the length of the longest record that is read: a row in characters, a line in bytes, a question or an answer of a database in characters or bytes. Longer ones are reported.</summary>
    /// <value>At least 1,024. Default 4,194,304.</value>
    public int MaxRecordLength { get; init; } = 1 << 22;
}
