namespace RagCaching.AspNetCore.Decisions;

/// <summary>What a cache decided about one request. Immutable, except for the mark.</summary>
internal sealed class Decision
{
    // As one number, which is written and read as a whole.
    private volatile int _mark;

    public long Id { get; set; }

    public required DateTimeOffset At { get; init; }

    public required CacheScope Scope { get; init; }

    public required SemanticCacheOutcome Outcome { get; init; }

    public required SemanticCacheReason Reason { get; init; }

    /// <summary>Gets how near the stored question is; <see langword="null"/> where none was compared, and for exact hits.</summary>
    public float? Similarity { get; init; }

    public SemanticCacheCandidate? NearMiss { get; init; }

    /// <summary>Gets the stored answer that was served or refused; <see langword="null"/> where there is none.</summary>
    public string? EntryId { get; init; }

    public string Question { get; init; } = "";

    public string? Stored { get; init; }

    /// <summary>Gets or sets what a person said of it.</summary>
    public bool? IsRight
    {
        get => _mark == 0 ? null : _mark > 0;
        set => _mark = value is { } isRight ? (isRight ? 1 : -1) : 0;
    }

    /// <summary>Gets a value indicating whether an answer to another question was served.</summary>
    public bool IsServed => Outcome is not (SemanticCacheOutcome.Miss or SemanticCacheOutcome.Bypass);

    /// <summary>Gets a value indicating whether two questions were compared, so that a person can say whether they match.</summary>
    public bool IsAMatter => Similarity is not null && EntryId is not null;
}
