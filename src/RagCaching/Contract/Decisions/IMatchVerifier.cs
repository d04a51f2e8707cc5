namespace RagCaching;

/// <summary>Makes the final check before a stored answer is served to a re-worded question. A verifier may call a model.</summary>
/// <remarks>
/// A verifier is consulted only for matches that everything else allows. It must be thread-safe. If it throws or takes longer than
/// <see cref="SemanticCacheLimits.VerifierTimeout"/>, the match is refused and the failure is counted.
/// </remarks>
public interface IMatchVerifier
{
    /// <summary>Decides whether a stored answer may be served.</summary>
    /// <param name="match">The two questions and the answer.</param>
    /// <param name="cancellationToken">Cancelled when no caller waits for the decision any more.</param>
    /// <returns><see langword="true"/> if the answer may be served.</returns>
    ValueTask<bool> VerifyAsync(SemanticCacheMatch match, CancellationToken cancellationToken = default);
}
