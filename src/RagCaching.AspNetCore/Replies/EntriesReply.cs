namespace RagCaching.AspNetCore.Replies;

/// <summary>One page of the stored answers, the newest first; <paramref name="Next"/> is what the next page is asked for with.</summary>
internal sealed record EntriesReply(IReadOnlyList<EntryReply> Entries, string? Next);

/// <summary>A stored answer.</summary>
internal sealed record EntryReply
{
    public required string EntryId { get; init; }

    public required TextReply Question { get; init; }

    public required TextReply Answer { get; init; }

    public string? Model { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Gets when it expires; <see langword="null"/> for a curated one.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public required bool Curated { get; init; }

    /// <summary>Gets the names of its sources; <see langword="null"/> where texts are not shown.</summary>
    public IReadOnlyCollection<string>? Sources { get; init; }

    public required int SourceCount { get; init; }

    public required int Right { get; init; }

    public required int Wrong { get; init; }

    public required long Tokens { get; init; }

    public required long Bytes { get; init; }
}
