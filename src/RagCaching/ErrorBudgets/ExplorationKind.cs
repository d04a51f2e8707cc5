using RagCaching.ErrorBudgets.Repeats;

namespace RagCaching.ErrorBudgets;

/// <summary>Why a question is answered anew although an answer was near.</summary>
internal enum ExplorationKind
{
    /// <summary>The budget did not allow to serve the answer.</summary>
    NotServed,

    /// <summary>It would have been served, but the cache is in shadow mode.</summary>
    Shadow,

    /// <summary>It was drawn by lot from what would have been served.</summary>
    Audit,

    /// <summary>The question has been asked so often that a wrong answer to it would weigh too much: see <see cref="RepeatedQuestions"/>.</summary>
    Repeat,
}
