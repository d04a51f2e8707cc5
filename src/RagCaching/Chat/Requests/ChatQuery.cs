using System.Collections.ObjectModel;
using Microsoft.Extensions.AI;

namespace RagCaching;

/// <summary>A chat request as a question to an <see cref="ISemanticCache"/>; see <see cref="ChatQueryReader"/>.</summary>
/// <remarks>Immutable itself; the messages are those of the caller.</remarks>
public sealed class ChatQuery
{
    /// <summary>Gets the messages, copied from the caller's list.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>Gets the options without what was addressed to the cache: what the model is to be asked with.</summary>
    public ChatOptions? Options { get; init; }

    /// <summary>Gets the question to the cache.</summary>
    /// <value><see langword="null"/> where the request must not be cached; then <see cref="BypassReason"/> says why.</value>
    public SemanticCacheQuery? Query { get; init; }

    /// <summary>Gets who may share the answer, as far as the request says so.</summary>
    /// <value>Also set where the cache is not asked; <see langword="null"/> where the request names no scope.</value>
    public CacheScope? Scope { get; init; }

    /// <summary>Gets why the cache is not asked.</summary>
    /// <value><see cref="SemanticCacheReason.None"/> where it is.</value>
    public SemanticCacheReason BypassReason { get; init; }

    /// <summary>Gets the tools that may be called on the way to an answer that is stored; see <see cref="SemanticCacheEntryContext.CacheableTools"/>.</summary>
    public IReadOnlyDictionary<string, TimeSpan?> CacheableTools { get; init; } = ReadOnlyDictionary<string, TimeSpan?>.Empty;

    /// <summary>Gets a value indicating whether the calls of tools and their results are stored with the answer.</summary>
    public bool KeepToolCalls { get; init; }

    /// <summary>Gets the question to the cache, or a query that bypasses it with <see cref="BypassReason"/>.</summary>
    /// <value>Never <see langword="null"/>: front doors send it to the cache in either case, so that every request is counted in one place.</value>
    public SemanticCacheQuery QueryOrBypass => Query ?? new SemanticCacheQuery("")
    {
        Scope = Scope,
        Mode = SemanticCacheMode.Bypass,
        BypassReason = BypassReason,
        ExactOnly = ExactOnly,
        MinimumSimilarity = MinimumSimilarity,
        MaxAge = MaxAge,
    };

    // What a request says of matching holds for other caches, too, where this one stands aside.
    internal bool ExactOnly { get; init; }

    internal float? MinimumSimilarity { get; init; }

    internal TimeSpan? MaxAge { get; init; }

    /// <summary>Tells the context of a new answer what the request says of tools, and that nobody need know of a conversation that it begins at the provider.</summary>
    /// <param name="context">The context that a factory was given.</param>
    /// <returns>The context.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> is <see langword="null"/>.</exception>
    /// <remarks>For factories that ask a chat client with <see cref="Messages"/> and <see cref="Options"/>, before they do.</remarks>
    public SemanticCacheEntryContext Describe(SemanticCacheEntryContext context)
    {
        ArgumentNullException.ThrowIfNull(context);

        // A request that continues a conversation gets here only where that may be cached.
        context.StoreHosted = true;
        context.KeepToolCalls = KeepToolCalls;
        foreach (var (name, timeToLive) in CacheableTools)
        {
            context.CacheableTools[name] = timeToLive;
        }

        return context;
    }
}
