using Microsoft.Extensions.AI;

namespace RagCaching;

/// <summary>Decides about every stored answer before it is served: what was harmless when it was generated may not be any more, or may have been planted.</summary>
/// <remarks>
/// <para>
/// Asked on each hit, by whichever front door, before the hit is counted, after the moderator of the query (<see cref="SemanticCacheQuery.Moderator"/>). New answers pass the moderation of the host, as without a
/// cache. It is not asked about an answer that is being generated for another caller at the same time.
/// </para>
/// <para>Register it with <c>AddModerator</c>. Implementations are thread-safe; they are on the path of every hit.</para>
/// </remarks>
public interface IAnswerModerator
{
    /// <summary>Decides whether a stored answer may be served.</summary>
    /// <param name="answer">The answer, in a copy of its own.</param>
    /// <param name="cancellationToken">Cancelled when the caller has left.</param>
    /// <returns>
    /// Whether it may be served. If not, it is removed and the query is a miss (<see cref="SemanticCacheReason.Moderator"/>). If the method throws, the query is a counted miss and the answer stays.
    /// </returns>
    ValueTask<bool> MayServeAsync(ChatResponse answer, CancellationToken cancellationToken = default);
}
