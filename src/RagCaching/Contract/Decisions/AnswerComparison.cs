namespace RagCaching;

/// <summary>Specifies whether two answers to one question say the same.</summary>
public enum AnswerComparison
{
    /// <summary>The comparison was inconclusive. Nothing is learnt from it.</summary>
    Unknown,

    /// <summary>Either answer would have served the caller equally well.</summary>
    Same,

    /// <summary>One of the answers would have been wrong, or worse, in place of the other.</summary>
    Different,
}
