namespace RagCaching.Semantic.Lookups;

/// <summary>Takes down what a lookup does, for <see cref="ISemanticCacheExplainer"/>. A lookup with one has no effects. Not thread-safe.</summary>
internal sealed class LookupTrace
{
    private readonly List<SemanticCacheExplanationStep> _steps = [];
    private readonly List<SemanticCacheCandidate> _candidates = [];

    /// <summary>Gets or sets a value indicating whether verifiers would be asked.</summary>
    public bool AsksVerifiers { get; set; }

    /// <summary>Gets or sets the probability of an audit.</summary>
    public double? AuditRate { get; set; }

    /// <summary>Copies the steps.</summary>
    public IReadOnlyList<SemanticCacheExplanationStep> Steps() => [.. _steps];

    /// <summary>Copies the candidates.</summary>
    public IReadOnlyList<SemanticCacheCandidate> Candidates() => [.. _candidates];

    /// <summary>Takes down a step.</summary>
    public void Say(string step, string finding) => _steps.Add(new SemanticCacheExplanationStep(step, finding));

    /// <summary>Takes down what was decided about a candidate.</summary>
    public void Judge(SemanticCacheCandidate candidate)
    {
        _candidates.Add(candidate);
        Say("candidate", candidate.ToString());
    }
}
