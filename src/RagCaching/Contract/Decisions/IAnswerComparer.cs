using Microsoft.Extensions.AI;

namespace RagCaching;

/// <summary>Tells whether a stored answer would have been right for a question that was answered anew.</summary>
/// <remarks>
/// This is what an error budget and the shadow mode learn from: they are as right as the comparer is. It is asked after the new answer is
/// complete and before its call returns, may call a model, and must be thread-safe. When it throws or takes too long, the comparison is
/// <see cref="AnswerComparison.Unknown"/>.
/// </remarks>
public interface IAnswerComparer
{
    /// <summary>Compares two answers.</summary>
    /// <param name="question">The question that was asked.</param>
    /// <param name="fresh">The new answer to it; the comparer's own copy.</param>
    /// <param name="cached">The stored answer, which was given to another question; the comparer's own copy.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits for the comparison any more.</param>
    /// <returns>The comparison; <see cref="AnswerComparison.Unknown"/> rather than a guess.</returns>
    ValueTask<AnswerComparison> CompareAsync(string question, ChatResponse fresh, ChatResponse cached, CancellationToken cancellationToken = default);
}
