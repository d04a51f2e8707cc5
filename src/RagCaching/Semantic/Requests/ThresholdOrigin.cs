namespace RagCaching.Semantic.Requests;

/// <summary>Where the threshold of a cache comes from.</summary>
internal enum ThresholdOrigin
{
    /// <summary>From nothing that is known about the embedding model.</summary>
    Default,

    /// <summary>From measurements of the embedding model.</summary>
    Recommended,

    /// <summary>From the owner.</summary>
    Configured,

    /// <summary>From an error budget, which decides above it.</summary>
    ErrorBudget,
}
