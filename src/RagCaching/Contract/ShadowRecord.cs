namespace RagCaching;

/// <summary>What the cache would have done with one request, and whether that would have been right.</summary>
public sealed class ShadowRecord
{
    /// <summary>Gets the cosine similarity of the question and the stored one, in [-1, 1].</summary>
    public required float Similarity { get; init; }

    /// <summary>Gets the decision: <see cref="SemanticCacheReason.Shadow"/> where the stored answer would have been served, otherwise the reason against it.</summary>
    public required SemanticCacheReason Verdict { get; init; }

    /// <summary>Gets whether the stored answer says the same as the one that was generated.</summary>
    public required AnswerComparison Comparison { get; init; }

    /// <summary>Gets when the request was answered.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Gets the question.</summary>
    /// <value><see langword="null"/> unless <see cref="SemanticCacheOptions.EnableSensitiveData"/> is on.</value>
    public string? Question { get; init; }

    /// <summary>Gets the stored question.</summary>
    /// <value><see langword="null"/> unless <see cref="SemanticCacheOptions.EnableSensitiveData"/> is on.</value>
    public string? Candidate { get; init; }
}
