using Microsoft.Extensions.AI;
using RagCaching;

namespace Microsoft.Agents.AI;

/// <content>Reads from a response where it came from.</content>
public static partial class SemanticCacheAgentExtensions
{
    /// <summary>Gets where a response came from.</summary>
    /// <param name="response">A response of an agent with a cache.</param>
    /// <returns>Outcome, reason, similarity, entry id and age, or <see langword="null"/> when no cache was passed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="response"/> is <see langword="null"/>.</exception>
    public static SemanticCacheResult? GetSemanticCacheResult(this AgentResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);

        return response.AsChatResponse().GetSemanticCacheResult();
    }

    /// <summary>Gets where a streamed response came from, out of its first update.</summary>
    /// <param name="update">The first update of a stream of an agent with a cache.</param>
    /// <returns>As for a whole response; <see langword="null"/> for any other update.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="update"/> is <see langword="null"/>.</exception>
    public static SemanticCacheResult? GetSemanticCacheResult(this AgentResponseUpdate update)
    {
        ArgumentNullException.ThrowIfNull(update);

        return update.AsChatResponseUpdate().GetSemanticCacheResult();
    }
}
