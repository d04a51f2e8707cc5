using RagCaching.Internal.Digests;
using RagCaching.Internal.Envelopes;

namespace RagCaching.Embeddings.Codecs;

/// <summary>Decides how long entries live.</summary>
/// <param name="time">The clock.</param>
internal sealed class EntryClock(TimeProvider time)
{
    private const double Jitter = 0.1;

    // Clocks of several machines differ a little. An entry from further ahead was written by a clock that cannot be trusted.
    private static readonly TimeSpan ToleratedSkew = TimeSpan.FromMinutes(5);

    // No entry we wrote has a longer rest than this; one that claims so is damaged or forged.
    private static readonly TimeSpan LongestLife = CachedEmbedderOptions.MaxTimeToLive * (1 + Jitter);

    /// <summary>Stamps a vector that was generated just now.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="timeToLive">How long it shall live, give or take 10 %.</param>
    /// <param name="key">Its digest, from which the deviation is derived: random enough to spread entries, and the same in every run.</param>
    public CachedVector Stamp(ReadOnlyMemory<float> vector, TimeSpan timeToLive, Digest key)
    {
        var position = (key.Prefix / (double)ulong.MaxValue * 2) - 1;
        var life = timeToLive * (1 + (Jitter * position));
        var now = time.GetUtcNow();
        return new CachedVector(vector, now, now + life, DeadlineAfter(life));
    }

    /// <summary>Stamps a vector that was read from the storage.</summary>
    /// <returns><see langword="null"/> if it has expired or its times make no sense.</returns>
    public CachedVector? Restore(ReadOnlyMemory<float> vector, in EnvelopeHeader header)
    {
        var now = time.GetUtcNow();
        var rest = header.ExpiresAt - now;
        return rest <= TimeSpan.Zero || rest > LongestLife || header.CreatedAt - now > ToleratedSkew
            ? null
            : new CachedVector(vector, header.CreatedAt, header.ExpiresAt, DeadlineAfter(rest));
    }

    /// <summary>Tells how long an entry still lives; zero or less when it has expired.</summary>
    public TimeSpan RestOf(CachedVector vector) => vector.ExpiresAt - time.GetUtcNow();

    /// <summary>Tells whether an entry in this process still lives.</summary>
    public bool IsAlive(CachedVector vector) => time.GetTimestamp() < vector.Deadline;

    private long DeadlineAfter(TimeSpan life) => time.GetTimestamp() + (long)(life.TotalSeconds * time.TimestampFrequency);
}
