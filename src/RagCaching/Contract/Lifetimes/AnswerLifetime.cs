namespace RagCaching;

/// <summary>How long an answer stays valid, whether it is served by meaning, and whether it is stored at all.</summary>
public readonly record struct AnswerLifetime
{
    /// <summary>Gets the decision to leave it at what is decided otherwise.</summary>
    public static AnswerLifetime Default => default;

    /// <summary>Gets the decision not to store the answer.</summary>
    public static AnswerLifetime DoNotStore => new() { IsNotStored = true };

    /// <summary>Gets how long the answer stays valid.</summary>
    /// <value>Positive; <see langword="null"/> for what is decided otherwise.</value>
    public TimeSpan? TimeToLive { get; private init; }

    /// <summary>Gets a value indicating whether the answer is served to exactly its question only.</summary>
    public bool IsExactOnly { get; private init; }

    /// <summary>Gets a value indicating whether the answer is not stored.</summary>
    public bool IsNotStored { get; private init; }

    /// <summary>Decides how long an answer stays valid.</summary>
    /// <param name="timeToLive">Positive, at most 3,650 days.</param>
    /// <returns>The decision.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeToLive"/> is out of range.</exception>
    public static AnswerLifetime For(TimeSpan timeToLive) => new() { TimeToLive = Checked(timeToLive) };

    /// <summary>Decides that an answer is served to exactly its question only.</summary>
    /// <param name="timeToLive">How long it stays valid, positive and at most 3,650 days; <see langword="null"/> for what is decided otherwise.</param>
    /// <returns>The decision.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeToLive"/> is out of range.</exception>
    public static AnswerLifetime ExactOnly(TimeSpan? timeToLive = null) => new() { IsExactOnly = true, TimeToLive = timeToLive is { } time ? Checked(time) : null };

    private static TimeSpan Checked(TimeSpan timeToLive) => timeToLive > TimeSpan.Zero && timeToLive <= TimeSpan.FromDays(3650)
        ? timeToLive
        : throw new ArgumentOutOfRangeException(nameof(timeToLive), timeToLive, "A time to live is positive and at most 3,650 days.");
}
