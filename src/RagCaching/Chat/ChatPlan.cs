using Microsoft.Extensions.AI;

namespace RagCaching.Chat;

/// <summary>What to do with a chat request.</summary>
/// <param name="Messages">The messages, copied from the caller's list.</param>
/// <param name="Options">The options without what was addressed to the cache.</param>
/// <param name="Query">The question to the cache; <see langword="null"/> for a bypass.</param>
/// <param name="BypassReason">Why the cache is not asked.</param>
internal readonly record struct ChatPlan(
    IReadOnlyList<ChatMessage> Messages, ChatOptions? Options, SemanticCacheQuery? Query, SemanticCacheReason BypassReason);
