using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using RagCaching.Contract;

namespace RagCaching;

/// <summary>Provides shorter forms of the members of <see cref="ISemanticCache"/>, for factories that return text or need no context.</summary>
public static class SemanticCacheExtensions
{
    /// <summary>Gets the stored answer to a question as text, or generates and stores one.</summary>
    /// <param name="cache">The cache.</param>
    /// <param name="query">The question.</param>
    /// <param name="factory">Generates the answer. The returned text counts as a finished answer.</param>
    /// <param name="cancellationToken">Cancels this caller's wait.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="InvalidOperationException">The factory returned <see langword="null"/>.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="cache"/> or <paramref name="factory"/> is <see langword="null"/>.</exception>
    public static ValueTask<string> GetOrCreateTextAsync(
        this ISemanticCache cache, SemanticCacheQuery query, Func<CancellationToken, Task<string>> factory, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cache);
        ArgumentNullException.ThrowIfNull(factory);

        return CreateTextAsync(cache.GetOrCreateAsync(query, (_, token) => ToResponseAsync(factory, token), cancellationToken));
    }

    /// <summary>Gets the stored answer to a question as a stream of text, or streams a new one while recording it.</summary>
    /// <param name="cache">The cache.</param>
    /// <param name="query">The question.</param>
    /// <param name="factory">Generates the answer. If its stream ends normally, the answer counts as finished.</param>
    /// <param name="cancellationToken">Cancels the lookup and the enumeration.</param>
    /// <returns>The pieces of the answer. No piece is empty.</returns>
    /// <exception cref="InvalidOperationException">No scope is known.</exception>
    /// <remarks>Who may share the answer is read in this call, not when the stream is read.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="cache"/>, <paramref name="query"/> or <paramref name="factory"/> is <see langword="null"/>.</exception>
    public static IAsyncEnumerable<string> GetOrStreamTextAsync(
        this ISemanticCache cache, SemanticCacheQuery query, Func<CancellationToken, IAsyncEnumerable<string>> factory, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cache);
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(factory);

        // The caller of now decides who may share the answer, whoever is the current one when it is read.
        if (cache is IAmbientScope ambient)
        {
            var named = query.Scope is null ? ambient.ReadScope().ApplyTo(query) : query;
            return StreamTextAsync(() => cache.GetOrStreamAsync(named, (_, token) => ToUpdatesAsync(factory, token), cancellationToken), cancellationToken);
        }

        var stream = cache.GetOrStreamAsync(query, (_, token) => ToUpdatesAsync(factory, token), cancellationToken).Preserve();
        return StreamTextAsync(() => stream, cancellationToken);
    }

    /// <summary>Gets the stored answer to a question, or generates and stores one.</summary>
    /// <param name="cache">The cache.</param>
    /// <param name="query">The question.</param>
    /// <param name="factory">Generates the answer.</param>
    /// <param name="cancellationToken">Cancels this caller's wait.</param>
    /// <returns>The answer and where it came from.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="cache"/> or <paramref name="factory"/> is <see langword="null"/>.</exception>
    public static ValueTask<SemanticCacheResult> GetOrCreateAsync(
        this ISemanticCache cache, SemanticCacheQuery query, Func<CancellationToken, Task<ChatResponse>> factory, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cache);
        ArgumentNullException.ThrowIfNull(factory);

        return cache.GetOrCreateAsync(query, (_, token) => factory(token), cancellationToken);
    }

    /// <summary>Gets the stored answer to a question as a stream, or streams a new one while recording it.</summary>
    /// <param name="cache">The cache.</param>
    /// <param name="query">The question.</param>
    /// <param name="factory">Generates the answer.</param>
    /// <param name="cancellationToken">Cancels the lookup. The enumeration takes a separate token.</param>
    /// <returns>The stream and where it comes from.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="cache"/> or <paramref name="factory"/> is <see langword="null"/>.</exception>
    public static ValueTask<SemanticCacheStreamingResult> GetOrStreamAsync(
        this ISemanticCache cache, SemanticCacheQuery query, Func<CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> factory, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cache);
        ArgumentNullException.ThrowIfNull(factory);

        return cache.GetOrStreamAsync(query, (_, token) => factory(token), cancellationToken);
    }

    /// <summary>Removes every stored answer that one user has caused, on all instances that share the store.</summary>
    /// <param name="manager">The owner's side of the cache.</param>
    /// <param name="createdBy">The user, as <see cref="SemanticCacheQuery.CreatedBy"/> named it.</param>
    /// <param name="scope">The scope to look in; <see langword="null"/> for all of them.</param>
    /// <param name="cancellationToken">Cancels the call. Answers that are removed by then stay removed.</param>
    /// <returns>The number of removed answers.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="manager"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="createdBy"/> is <see langword="null"/> or empty.</exception>
    /// <remarks>
    /// An answer of this user that is being generated meanwhile is not stored. Answers that others have caused stay, also those that the user was served. Embeddings, and what error budgets have learnt, are
    /// forgotten in other ways; see <c>docs/security.md</c>.
    /// </remarks>
    public static ValueTask<long> ForgetAsync(this ISemanticCacheManager manager, string createdBy, CacheScope? scope = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(manager);
        ArgumentException.ThrowIfNullOrEmpty(createdBy);

        return manager.RemoveWhereAsync(new EntryFilter { Scope = scope, AllScopes = scope is null, CreatedBy = createdBy }, cancellationToken);
    }

    private static async ValueTask<string> CreateTextAsync(ValueTask<SemanticCacheResult> result) =>
        (await result.ConfigureAwait(false)).Response!.Text;

    private static async Task<ChatResponse> ToResponseAsync(Func<CancellationToken, Task<string>> factory, CancellationToken cancellationToken)
    {
        var text = await factory(cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException("The factory returned null instead of a text.");
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, text)) { FinishReason = ChatFinishReason.Stop };
    }

    private static async IAsyncEnumerable<string> StreamTextAsync(
        Func<ValueTask<SemanticCacheStreamingResult>> open, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The factory runs in its caller's context.
        var stream = await open().ConfigureAwait(true);
        await foreach (var update in stream.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (update.Text is { Length: > 0 } text)
            {
                yield return text;
            }
        }
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> ToUpdatesAsync(
        Func<CancellationToken, IAsyncEnumerable<string>> factory, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var text in factory(cancellationToken).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, text);
        }

        yield return new ChatResponseUpdate(ChatRole.Assistant, (string?)null) { FinishReason = ChatFinishReason.Stop };
    }
}
