namespace RagCaching.Embeddings.Codecs;

/// <summary>An embedding as the tiers keep it.</summary>
/// <param name="vector">The vector; it belongs to the cache and is never written to.</param>
/// <param name="createdAt">When it was generated.</param>
/// <param name="expiresAt">When it stops being valid, by the calendar.</param>
/// <param name="deadline">When it stops being valid, by the monotonic clock of this process, which no change of the system time moves.</param>
internal sealed class CachedVector(ReadOnlyMemory<float> vector, DateTimeOffset createdAt, DateTimeOffset expiresAt, long deadline)
{
    // Thousands of these are kept; ticks take half of what a DateTimeOffset does.
    private readonly long _createdAt = createdAt.UtcTicks;
    private readonly long _expiresAt = expiresAt.UtcTicks;

    public ReadOnlyMemory<float> Vector { get; } = vector;

    public DateTimeOffset CreatedAt => new(_createdAt, TimeSpan.Zero);

    public DateTimeOffset ExpiresAt => new(_expiresAt, TimeSpan.Zero);

    public long Deadline { get; } = deadline;
}
