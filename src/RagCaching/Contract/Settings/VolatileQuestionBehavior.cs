namespace RagCaching;

/// <summary>What a cache does with questions whose answers change often: about now, prices, the weather, opening hours, or the state of what belongs to the caller.</summary>
public enum VolatileQuestionBehavior
{
    /// <summary>They are treated as all others.</summary>
    Ignore,

    /// <summary>Their answers are kept for <see cref="LifetimeOptions.VolatileTimeToLive"/> at most.</summary>
    ShortTimeToLive,

    /// <summary>Their answers are served to exactly the same question only.</summary>
    ExactOnly,

    /// <summary>Both.</summary>
    ShortTimeToLiveAndExactOnly,
}
