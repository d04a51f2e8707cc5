namespace RagCaching.Tests.TestDoubles;

/// <summary>A verifier that decides as the test says.</summary>
internal sealed class TestVerifier(Func<SemanticCacheMatch, CancellationToken, ValueTask<bool>> verify) : IMatchVerifier
{
    public List<SemanticCacheMatch> Matches { get; } = [];

    public ValueTask<bool> VerifyAsync(SemanticCacheMatch match, CancellationToken cancellationToken = default)
    {
        Matches.Add(match);
        return verify(match, cancellationToken);
    }
}
