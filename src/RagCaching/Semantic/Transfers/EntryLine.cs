using System.Text.Json;

namespace RagCaching.Semantic.Transfers;

/// <summary>A line of an export: one stored answer.</summary>
internal sealed record EntryLine
{
    public required string Partition { get; init; }

    public required string Id { get; init; }

    public required string Nonce { get; init; }

    public required string Question { get; init; }

    public required JsonElement Answer { get; init; }

    /// <summary>Gets the components of the question's vector, 4 bytes each, the lowest first; empty for an answer to exactly this question.</summary>
    public byte[] Vector { get; init; } = [];

    public required IReadOnlyList<string> Labels { get; init; }

    public string? Owner { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the answer expires; <see langword="null"/> for a curated one, which never does.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Gets until when the answer is fresh, where it is kept longer than that.</summary>
    public DateTimeOffset? FreshUntil { get; init; }

    public int Right { get; init; }

    public int Wrong { get; init; }

    public ulong Group { get; init; }

    public IReadOnlyList<string> Rejected { get; init; } = [];
}
