using Microsoft.Extensions.AI;
using RagCaching.Contract;

namespace RagCaching;

/// <summary>A cache that is always empty and stores nothing. Use it in tests of a host, or to switch caching off in one place.</summary>
/// <remarks>Thread-safe. It needs no scope, because nothing is shared.</remarks>
public sealed class NullSemanticCache : ISemanticCache, ISemanticCacheManager, ISemanticCacheExplainer, IAmbientScope
{
    private static readonly SemanticCacheResult Disabled = new() { Outcome = SemanticCacheOutcome.Bypass, Reason = SemanticCacheReason.Disabled };

    private NullSemanticCache()
    {
    }

    /// <summary>Gets the only instance.</summary>
    public static NullSemanticCache Instance { get; } = new();

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="query"/> is <see langword="null"/>.</exception>
    public ValueTask<SemanticCacheResult> LookupAsync(SemanticCacheQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);

        return ValueTask.FromResult(ResultOf(query));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="query"/> or <paramref name="factory"/> is <see langword="null"/>.</exception>
    public ValueTask<SemanticCacheResult> GetOrCreateAsync(
        SemanticCacheQuery query, Func<SemanticCacheEntryContext, CancellationToken, Task<ChatResponse>> factory, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(factory);

        return CreateAsync(ResultOf(query), factory, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="query"/> or <paramref name="factory"/> is <see langword="null"/>.</exception>
    public ValueTask<SemanticCacheStreamingResult> GetOrStreamAsync(
        SemanticCacheQuery query, Func<SemanticCacheEntryContext, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> factory, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(factory);

        return ValueTask.FromResult(new SemanticCacheStreamingResult(
            ResultOf(query), (_, token) => SemanticCache.StartUncached(factory, token), isLive: true));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="query"/> or <paramref name="response"/> is <see langword="null"/>.</exception>
    public ValueTask<string?> StoreAsync(SemanticCacheQuery query, ChatResponse response, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(response);

        return ValueTask.FromResult<string?>(null);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="entryId"/> is <see langword="null"/>.</exception>
    public ValueTask<EntryStatus> RemoveAsync(string entryId, CacheScope? scope = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entryId);

        return ValueTask.FromResult(EntryStatus.Unknown);
    }

    /// <inheritdoc/>
    public ValueTask<long> RemoveWhereAsync(EntryFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);

        return ValueTask.FromResult(0L);
    }

    /// <inheritdoc/>
    public ValueTask<long> CountWhereAsync(EntryFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);

        return ValueTask.FromResult(0L);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="entryId"/> or <paramref name="question"/> is <see langword="null"/>.</exception>
    public ValueTask<EntryStatus> ReportAsync(string entryId, string question, bool correct, CacheScope? scope = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entryId);
        ArgumentNullException.ThrowIfNull(question);

        return ValueTask.FromResult(EntryStatus.Unknown);
    }

    /// <inheritdoc/>
    public ValueTask<SemanticCacheExplanation> ExplainAsync(SemanticCacheQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);

        var result = ResultOf(query);
        return ValueTask.FromResult(new SemanticCacheExplanation
        {
            Outcome = result.Outcome,
            Reason = result.Reason,
            Mode = query.Mode,
            Steps = [new("request", "This cache is always empty and stores nothing.")],
        });
    }

    /// <inheritdoc/>
    public SemanticCacheStatistics GetStatistics(CacheScope? scope = null) => new()
    {
        Outcomes = new Dictionary<SemanticCacheOutcome, long>(),
        Reasons = new Dictionary<SemanticCacheReason, long>(),
        Comparisons = 0,
    };

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    AmbientScope IAmbientScope.ReadScope() => default;

    // Who has a reason of its own to bypass the cache hears of that one.
    private static SemanticCacheResult ResultOf(SemanticCacheQuery query) =>
        query.Mode == SemanticCacheMode.Bypass ? new() { Outcome = SemanticCacheOutcome.Bypass, Reason = query.BypassReason } : Disabled;

    private static async ValueTask<SemanticCacheResult> CreateAsync(
        SemanticCacheResult result, Func<SemanticCacheEntryContext, CancellationToken, Task<ChatResponse>> factory, CancellationToken cancellationToken) => new()
        {
            Outcome = result.Outcome,
            Reason = result.Reason,
            Response = await factory(SemanticCacheEntryContext.ForNothing(), cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidOperationException("The factory returned null instead of a response."),
        };
}
