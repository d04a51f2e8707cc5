namespace RagCaching;

/// <summary>A decision that the cache made about one request in shadow mode, and whether it would have been right.</summary>
public sealed class ShadowRecord
{
    /// <summary>Gets the cosine similarity of the question and the stored question, in [-1, 1].</summary>
    public required float Similarity { get; init; }

    /// <summary>Gets the decision: <see cref="SemanticCacheReason.Shadow"/> if the stored answer would have been served, otherwise the reason against it.</summary>
    public required SemanticCacheReason Verdict { get; init; }

    /// <summary>Gets whether the stored answer says the same as the generated one.</summary>
    public required AnswerComparison Comparison { get; init; }

    /// <summary>Gets the time at which the request was answered.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Gets the question.</summary>
    /// <value><see langword="null"/> unless <see cref="ShadowOptions.EnableSensitiveData"/> is on.</value>
    public string? Question { get; init; }

    /// <summary>Gets the stored question.</summary>
    /// <value><see langword="null"/> unless <see cref="ShadowOptions.EnableSensitiveData"/> is on.</value>
    public string? Candidate { get; init; }
}
