namespace RagCaching.AspNetCore.Decisions;

/// <summary>What a cache decided about one request. Immutable, except for the mark.</summary>
internal sealed class Decision
{
    private const int Open = 0;
    private const int Right = 1;
    private const int Wrong = -1;
    private const int Gone = 2;

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

    /// <summary>Gets what a person said of it.</summary>
    public bool? IsRight => _mark switch { Right => true, Wrong => false, _ => null };

    /// <summary>Gets a value indicating whether a person is still to say whether it was right.</summary>
    public bool IsWaiting => IsAMatter && _mark == Open;

    /// <summary>Gets a value indicating whether an answer to another question was served.</summary>
    public bool IsServed => Outcome is not (SemanticCacheOutcome.Miss or SemanticCacheOutcome.Bypass);

    /// <summary>Gets a value indicating whether two questions were compared, so that a person can say whether they match.</summary>
    public bool IsAMatter => Similarity is not null && EntryId is not null;

    /// <summary>Takes a mark, and passes it on where it says something new. It stands only if whoever it is passed on to takes it.</summary>
    /// <param name="isRight">What a person says.</param>
    /// <param name="passOn">Passes it on.</param>
    public async ValueTask<EntryStatus> MarkAsync(bool isRight, Func<ValueTask<EntryStatus>> passOn)
    {
        var mark = isRight ? Right : Wrong;
        var before = Interlocked.Exchange(ref _mark, mark);
        if (before == mark)
        {
            return EntryStatus.Done;
        }

        var after = before;
        try
        {
            var status = await passOn().ConfigureAwait(false);
            after = status == EntryStatus.Done ? mark : Gone;
            return status;
        }
        finally
        {
            // Whoever has marked it otherwise meanwhile was later, and is right.
            Interlocked.CompareExchange(ref _mark, after, mark);
        }
    }
}
