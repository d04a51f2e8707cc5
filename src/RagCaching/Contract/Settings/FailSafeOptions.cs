namespace RagCaching;

/// <summary>What a <see cref="SemanticCache"/> does when the model fails or is slow: it may serve an answer whose lifetime is over, or make a new one before that.</summary>
/// <remarks>Everything is off by default. See <c>docs/fail-safe.md</c>.</remarks>
public sealed class FailSafeOptions
{
    internal static readonly TimeSpan DefaultHardTimeout = TimeSpan.FromMinutes(2);

    /// <summary>Gets or sets how long past its lifetime an answer is kept, to be served when a new one cannot be had.</summary>
    /// <value>
    /// Positive, at most 3,650 days; default <see langword="null"/>: not at all. Such an answer is <see cref="SemanticCacheOutcome.Stale"/>. It is served when the factory throws before the first piece of its answer,
    /// takes longer than <see cref="SoftTimeout"/>, or is not called because of <see cref="ModelBreaker"/>; not when it was removed, when a source of it has changed, when a moderator or the error budget is
    /// against it, or when the caller itself has cancelled.
    /// </value>
    public TimeSpan? StaleIfError { get; set; }

    /// <summary>Gets or sets how long a caller that could be served a stored answer waits for the first piece of a new one.</summary>
    /// <value>
    /// Positive, less than <see cref="HardTimeout"/> and <see cref="SemanticCacheLimits.GenerationTimeout"/>; default <see langword="null"/>: as long as it takes. The factory goes on, and its answer is stored when it comes.
    /// </value>
    public TimeSpan? SoftTimeout { get; set; }

    /// <summary>Gets or sets how long a factory that has exceeded <see cref="SoftTimeout"/> may take in all, after which its token is cancelled unless a caller still waits for it.</summary>
    /// <value>Positive, at most one day; default 2 minutes.</value>
    public TimeSpan HardTimeout { get; set; } = DefaultHardTimeout;

    /// <summary>Gets or sets the share of its lifetime after which an answer is made anew while it is still served.</summary>
    /// <value>
    /// In (0, 1); 0.9 is a good choice; default <see langword="null"/>: never. One caller that asks the same question again generates the new answer inside its own call; all others get the stored one, and so does that
    /// caller when the factory fails or takes longer than <see cref="SoftTimeout"/>. Where that failed, nobody tries again for the <see cref="ModelBreakerOptions.BreakDuration"/>.
    /// </value>
    public double? EagerRefresh { get; set; }

    /// <summary>Gets or sets when callers stop waiting for a model that fails.</summary>
    /// <value>Not <see langword="null"/>. It concerns only callers that can be served a stored answer.</value>
    public ModelBreakerOptions ModelBreaker { get; set; } = new();

    /// <summary>Makes a copy that nobody else can change.</summary>
    internal FailSafeOptions Copy()
    {
        var copy = (FailSafeOptions)MemberwiseClone();
        copy.ModelBreaker = ModelBreaker.Copy();
        return copy;
    }
}
