using Microsoft.Extensions.AI;

namespace RagCaching;

/// <summary>Answers questions that were answered before, in the same words or in others, without generating the answer again.</summary>
/// <remarks>
/// <para>
/// Implementations are thread-safe. A cache that fails, is slow or is full costs a miss; no member throws because of it. An exception of a factory reaches its caller unchanged,
/// and is never stored. The owner of the answers removes, reports and counts them through <see cref="ISemanticCacheManager"/>.
/// </para>
/// <para>
/// Every member throws <see cref="InvalidOperationException"/> if no scope is known: neither from the call, nor from an
/// <see cref="ICacheScopeProvider"/>, nor through <see cref="SemanticCacheOptions.ShareAcrossCallers"/>.
/// </para>
/// </remarks>
public interface ISemanticCache
{
    /// <summary>Looks up a question, without generating or storing anything.</summary>
    /// <param name="query">The question.</param>
    /// <param name="cancellationToken">Cancels the lookup.</param>
    /// <returns>A hit with its answer, or a miss or bypass with its reason.</returns>
    ValueTask<SemanticCacheResult> LookupAsync(SemanticCacheQuery query, CancellationToken cancellationToken = default);

    /// <summary>Gets the stored answer to a question, or generates and stores one.</summary>
    /// <param name="query">The question.</param>
    /// <param name="factory">
    /// Generates the answer. Callers that ask the same question, or one close enough in meaning, at the same time share one run. The token of the run is cancelled when all
    /// of these callers have gone.
    /// </param>
    /// <param name="cancellationToken">Cancels this caller's wait.</param>
    /// <returns>The answer and where it came from. <see cref="SemanticCacheResult.Response"/> is never <see langword="null"/>.</returns>
    /// <exception cref="InvalidOperationException">The factory returned <see langword="null"/>.</exception>
    ValueTask<SemanticCacheResult> GetOrCreateAsync(
        SemanticCacheQuery query, Func<SemanticCacheEntryContext, CancellationToken, Task<ChatResponse>> factory, CancellationToken cancellationToken = default);

    /// <summary>Gets the stored answer to a question as a stream, or streams a new one while recording it.</summary>
    /// <param name="query">The question.</param>
    /// <param name="factory">Generates the answer. It is called when the result is enumerated, and shared as in <see cref="GetOrCreateAsync"/>.</param>
    /// <param name="cancellationToken">Cancels the lookup. The enumeration takes a separate token.</param>
    /// <returns>
    /// The stream and where it comes from. Only an answer that the model finished is stored. A reader that breaks off stops the model, unless other readers remain.
    /// </returns>
    ValueTask<SemanticCacheStreamingResult> GetOrStreamAsync(
        SemanticCacheQuery query, Func<SemanticCacheEntryContext, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> factory, CancellationToken cancellationToken = default);

    /// <summary>Stores an answer that was generated elsewhere.</summary>
    /// <param name="query">The question.</param>
    /// <param name="response">The answer. The cache copies it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The id of the stored answer, or <see langword="null"/> if the answer was refused or could not be stored. Both are counted.</returns>
    ValueTask<string?> StoreAsync(SemanticCacheQuery query, ChatResponse response, CancellationToken cancellationToken = default);
}
