namespace RagCaching;

/// <summary>What a cache does with questions about now: their answers are out of date at once.</summary>
public enum FreshnessBehavior
{
    /// <summary>They bypass the cache (<see cref="SemanticCacheReason.TimeSensitive"/>).</summary>
    Bypass,

    /// <summary>Their answers are kept for <see cref="FreshnessOptions.TimeToLive"/> only.</summary>
    ShortTimeToLive,

    /// <summary>They are treated as all others.</summary>
    Ignore,
}
