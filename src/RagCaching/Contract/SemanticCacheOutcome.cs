namespace RagCaching;

/// <summary>Specifies where an answer came from.</summary>
public enum SemanticCacheOutcome
{
    /// <summary>No suitable answer was stored. The answer, if there is one, was generated for this caller.</summary>
    Miss,

    /// <summary>The same question, character by character, was stored.</summary>
    ExactHit,

    /// <summary>A question close enough in meaning was stored.</summary>
    SemanticHit,

    /// <summary>The same question, or one close enough in meaning, was already being answered for another caller, and this caller shared the answer.</summary>
    Joined,

    /// <summary>The cache was not used; <see cref="SemanticCacheReason"/> says why.</summary>
    Bypass,

    /// <summary>A stored answer whose lifetime is over was served because a new one could not be had; <see cref="SemanticCacheReason"/> says why (<see cref="FailSafeOptions.StaleIfError"/>).</summary>
    Stale,
}
