namespace RagCaching;

/// <summary>What a cache calls models for.</summary>
public enum SpendingPurpose
{
    /// <summary>Questions are embedded to be looked up or stored.</summary>
    Embedding,

    /// <summary>An <see cref="IMatchVerifier"/> asks a model.</summary>
    Verification,

    /// <summary>An <see cref="IAnswerComparer"/> asks a model, or embeds answers.</summary>
    Comparison,

    /// <summary>A question is answered anew although an answer could have been served: audits, questions asked too often, held-out hits.</summary>
    Audit,
}
