namespace RagCaching;

/// <summary>Has the last word before a stored answer is served to a re-worded question; may call a model.</summary>
/// <remarks>
/// It is asked about matches only that everything else allows, within <see cref="SemanticCacheLimits.VerifierTimeout"/>, and must be thread-safe. When it throws or
/// takes too long, the match is refused and the failure counted.
/// </remarks>
public interface IMatchVerifier
{
    /// <summary>Decides whether a stored answer may be served.</summary>
    /// <param name="match">The two questions and the answer.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits for the decision any more.</param>
    /// <returns>Whether the answer may be served.</returns>
    ValueTask<bool> VerifyAsync(SemanticCacheMatch match, CancellationToken cancellationToken = default);
}
