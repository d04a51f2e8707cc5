namespace RagCaching;

/// <summary>Where an answer came from.</summary>
public enum SemanticCacheOutcome
{
    /// <summary>Nothing suitable was stored; the answer, if there is one, was generated for this caller.</summary>
    Miss,

    /// <summary>The same question, character by character, was stored.</summary>
    ExactHit,

    /// <summary>A question close enough in meaning was stored.</summary>
    SemanticHit,

    /// <summary>Another caller was already being answered the same question, or one close enough in meaning, and this caller shared the answer.</summary>
    Joined,

    /// <summary>The cache was not asked; <see cref="SemanticCacheReason"/> says why.</summary>
    Bypass,
}
