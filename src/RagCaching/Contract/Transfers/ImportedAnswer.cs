namespace RagCaching;

/// <summary>An answer from elsewhere, to be stored under its question.</summary>
public sealed class ImportedAnswer
{
    /// <summary>Gets the question.</summary>
    public required string Question { get; init; }

    /// <summary>Gets the text of the answer.</summary>
    public required string Answer { get; init; }

    /// <summary>Gets who may see it.</summary>
    /// <value>Default <see langword="null"/>: the ambient scope.</value>
    public CacheScope? Scope { get; init; }

    /// <summary>Gets the partition within the scope, as in <see cref="SemanticCacheQuery.Partition"/>.</summary>
    public string? Partition { get; init; }

    /// <summary>Gets the tags by which it can be removed.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Gets how long it is valid.</summary>
    /// <value>Default <see langword="null"/>: as long as the cache keeps answers. A curated answer is always valid.</value>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>Gets a value indicating whether a person wrote or approved it: it never expires, is never evicted, goes before other answers, and is not audited.</summary>
    public bool IsCurated { get; init; }

    /// <summary>Gets the line that it comes from, for the report; 0 for its number among the answers.</summary>
    public long Line { get; init; }

    /// <summary>Gets what is wrong with it, where a reader could not take it; <see langword="null"/> for an answer that can be stored.</summary>
    public ImportFault? Fault { get; private init; }

    /// <summary>Makes what a reader yields in place of an answer that it cannot take, so that the report of the import names it.</summary>
    /// <param name="fault">What is wrong.</param>
    /// <exception cref="ArgumentNullException"><paramref name="fault"/> is <see langword="null"/>.</exception>
    public static ImportedAnswer Faulty(ImportFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return new ImportedAnswer { Question = "", Answer = "", Line = fault.Line, Fault = fault };
    }
}
