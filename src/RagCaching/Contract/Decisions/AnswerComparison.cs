namespace RagCaching;

/// <summary>Whether two answers to one question say the same.</summary>
public enum AnswerComparison
{
    /// <summary>It could not be told. Nothing is learnt from it.</summary>
    Unknown,

    /// <summary>Whoever got one of them would have been served as well with the other.</summary>
    Same,

    /// <summary>One of them would have been wrong, or worse, in place of the other.</summary>
    Different,
}
