using Microsoft.Extensions.AI;

namespace RagCaching;

/// <summary>Makes the last turn of a conversation understandable by itself, so that it can be matched by meaning.</summary>
/// <remarks>
/// "And the second one?" means something else after every question; "What does the premium plan cost?" does not. Implementations are thread-safe.
/// </remarks>
public interface IQuestionRewriter
{
    /// <summary>Rewrites a turn.</summary>
    /// <param name="conversation">The messages; the last one is the user's, and holds the question only.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>
    /// A question that needs no earlier turn, the last message as it is where it needs none, or <see langword="null"/> where that cannot be done. What shares no word with the conversation, or is
    /// a refusal, counts as nothing.
    /// </returns>
    ValueTask<string?> RewriteAsync(IReadOnlyList<ChatMessage> conversation, CancellationToken cancellationToken = default);
}
