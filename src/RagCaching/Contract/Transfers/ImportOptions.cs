namespace RagCaching;

/// <summary>How answers are imported.</summary>
public sealed class ImportOptions
{
    /// <summary>The smallest value of <see cref="MaxLineBytes"/>.</summary>
    public const int LeastMaxLineBytes = 1_024;

    /// <summary>Gets the length of the longest line that is read, in bytes. Longer ones are skipped without being kept, and reported.</summary>
    /// <value>At least 1,024. Default 64 MiB.</value>
    public int MaxLineBytes { get; init; } = 1 << 26;

    /// <summary>Gets a value indicating whether an answer that is stored under the same id, or to the same question, stays.</summary>
    /// <value>Default <see langword="false"/>: the imported one takes its place, unless the stored one is curated and the imported one is not.</value>
    public bool KeepExisting { get; init; }

    /// <summary>Gets a value indicating whether all imported answers become curated ones, as if a person had approved each.</summary>
    /// <value>Default <see langword="false"/>: those that are curated stay so.</value>
    public bool AsCurated { get; init; }

    /// <summary>Gets a value indicating whether the import ends at the first line that cannot be stored.</summary>
    /// <value>Default <see langword="false"/>: it is reported and the next one is read.</value>
    public bool StopAtFirstFault { get; init; }
}
