using Microsoft.Extensions.AI;

namespace RagCaching;

/// <summary>Decides whether a stored answer would have been right for a question that got a newly generated answer.</summary>
/// <remarks>
/// Error budgets and shadow mode learn from the comparer, so they are only as right as the comparer is. It is called after the new answer is
/// complete and before the caller's request returns. It may call a model, and must be thread-safe. If it throws or takes too long, the
/// comparison is <see cref="AnswerComparison.Unknown"/>.
/// </remarks>
public interface IAnswerComparer
{
    /// <summary>Compares two answers.</summary>
    /// <param name="question">The question that was asked.</param>
    /// <param name="fresh">The new answer to the question. The comparer owns this copy.</param>
    /// <param name="cached">The stored answer, which was given to another question. The comparer owns this copy.</param>
    /// <param name="cancellationToken">Cancelled when no caller waits for the comparison any more.</param>
    /// <returns>The comparison. Return <see cref="AnswerComparison.Unknown"/> instead of guessing.</returns>
    ValueTask<AnswerComparison> CompareAsync(string question, ChatResponse fresh, ChatResponse cached, CancellationToken cancellationToken = default);
}
