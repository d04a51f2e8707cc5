using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using RagCaching.Contract;
using RagCaching.Diagnostics;
using RagCaching.ErrorBudgets;
using RagCaching.Internal.Limits;
using RagCaching.Money;
using RagCaching.Semantic.Entries.Answers;
using RagCaching.Semantic.Explaining;
using RagCaching.Semantic.FailSafe;
using RagCaching.Semantic.Flights;
using RagCaching.Semantic.Holdouts;
using RagCaching.Semantic.Lookups;
using RagCaching.Semantic.Requests;
using RagCaching.Semantic.Storing;

namespace RagCaching;

/// <summary>The semantic cache. It finds the answer to a repeated question by its key and to a re-worded one by the nearest vector; the caller generates new answers.</summary>
/// <remarks>
/// <para>
/// A lookup tries the exact key, then remembered re-wordings, then one embedding and one search of the partition. A candidate is served
/// if it reaches the similarity floor or is within the <see cref="SemanticCacheOptions.ErrorBudget"/>, every <see cref="IMatchGuard"/> allows it, and every
/// <see cref="IMatchVerifier"/> agrees. Callers that ask the same question at the same time share one run of the factory.
/// </para>
/// <para>
/// Thread-safe. The cache owns neither the generator nor the store, and disposes neither. Disposing the cache stops the fits of its error budgets;
/// <see cref="DisposeAsync"/> also saves what they have learnt.
/// </para>
/// </remarks>
public sealed partial class SemanticCache : ISemanticCache, ISemanticCacheManager, ISemanticCacheTransfer, ISemanticCacheExplainer, IAmbientScope, IAsyncDisposable, IDisposable
{
    internal const string DefaultName = "default";

    private readonly RequestFactory _requests;
    private readonly RequestReporter _reporter;
    private readonly GuardedLookup _lookup;
    private readonly HitReview _review;
    private readonly Decisions _decisions;
    private readonly FlightTable _flights;
    private readonly WholeAnswers _whole;
    private readonly StreamedAnswers _streamed;
    private readonly StandIns _standIns;
    private readonly LeftFlights _left;
    private readonly AnswerStorage _storage;
    private readonly ScaleWatch? _scale;
    private readonly EntryLocator _entries;
    private readonly EntryRemover _remover;
    private readonly EntryReports _reports;
    private readonly EntryCuration _curation;
    private readonly Transfers _transfers;
    private readonly Func<Explainer> _newExplainer;
    private readonly CacheTelemetry _telemetry;
    private readonly CacheLedger _ledger;
    private readonly HoldoutDraw _holdouts;
    private readonly QuestionEmbedder _questions;
    private readonly ICacheSize? _size;
    private readonly ActivitySource _activities;
    private readonly TimeProvider _time;
    private readonly SharedTimeLimits _limits;

    /// <summary>Creates a cache.</summary>
    /// <param name="embedder">Embeds questions; usually an <see cref="ICachedEmbedder"/>.</param>
    /// <param name="store">Keeps the answers. Caches with the same store, embedding model and key secret share them.</param>
    /// <param name="options">The settings; <see langword="null"/> for the defaults. Read once.</param>
    /// <param name="services">
    /// Provides optional services: a <see cref="TimeProvider"/>, an <see cref="ILoggerFactory"/>, an <see cref="IMeterFactory"/>, <see cref="RagCachingKeyOptions"/>, an
    /// <see cref="ICacheScopeProvider"/>, a <see cref="ShadowLog"/>, <see cref="IMatchGuard"/>s, <see cref="IMatchVerifier"/>s, <see cref="IAnswerModerator"/>s, <see cref="IAnswerLifetime"/>s, an <see cref="IPayloadProtector"/> and an <see cref="IAnswerComparer"/>.
    /// The scope provider, guards, verifiers, moderators and the comparer are resolved on first use. If there is no guard, the cache uses a <see cref="LexicalGuard"/> with its defaults. To use none,
    /// add a lexical guard whose options are not enabled.
    /// </param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A setting is out of range.</exception>
    public SemanticCache(
        IEmbeddingGenerator<string, Embedding<float>> embedder, IVectorStore store, SemanticCacheOptions? options = null, IServiceProvider? services = null)
        : this(embedder, store, PartsOf(options, services), services)
    {
    }

    /// <inheritdoc/>
    public ValueTask<SemanticCacheResult> LookupAsync(SemanticCacheQuery query, CancellationToken cancellationToken = default) =>
        LookupAsync(_requests.Create(query, mayExplore: false), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="factory"/> is <see langword="null"/>.</exception>
    public ValueTask<SemanticCacheResult> GetOrCreateAsync(
        SemanticCacheQuery query, Func<SemanticCacheEntryContext, CancellationToken, Task<ChatResponse>> factory, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(factory);

        return GetOrCreateAsync(_requests.Create(query, mayExplore: true), factory, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="factory"/> is <see langword="null"/>.</exception>
    public ValueTask<SemanticCacheStreamingResult> GetOrStreamAsync(
        SemanticCacheQuery query, Func<SemanticCacheEntryContext, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> factory, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(factory);

        return GetOrStreamAsync(_requests.Create(query, mayExplore: true), factory, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="response"/> is <see langword="null"/>.</exception>
    public ValueTask<string?> StoreAsync(SemanticCacheQuery query, ChatResponse response, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(response);

        return StoreAsync(_requests.Create(query, mayExplore: false), response, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="entryId"/> is <see langword="null"/>.</exception>
    public ValueTask<EntryStatus> RemoveAsync(string entryId, CacheScope? scope = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entryId);

        return _remover.RemoveAsync(entryId, scope, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<long> RemoveWhereAsync(EntryFilter filter, CancellationToken cancellationToken = default)
    {
        Check(filter);

        return _remover.RemoveWhereAsync(filter, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<long> CountWhereAsync(EntryFilter filter, CancellationToken cancellationToken = default)
    {
        Check(filter);

        return _remover.CountWhereAsync(filter, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="entryId"/> or <paramref name="question"/> is <see langword="null"/>.</exception>
    public ValueTask<EntryStatus> ReportAsync(string entryId, string question, bool correct, CacheScope? scope = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entryId);
        ArgumentNullException.ThrowIfNull(question);

        return _reports.ReportAsync(entryId, question, correct, scope, cancellationToken);
    }

    /// <inheritdoc/>
    public SemanticCacheStatistics GetStatistics(CacheScope? scope = null)
    {
        var budget = BudgetOf(scope);
        return new SemanticCacheStatistics
        {
            Outcomes = _reporter.ReadOutcomes(),
            Reasons = _reporter.ReadReasons(),
            Comparisons = _decisions.Comparer.Comparisons,
            ErrorBudget = budget?.Read(),
            SimilarityScale = _scale?.Scale,
            Entries = _size?.Entries,
            Bytes = _size?.Bytes,
            Evictions = _size?.Evictions,
            NearMisses = _reporter.NearMisses,
            ServedAge = _reporter.ServedAge,
            Holdouts = _holdouts.Read(),
            Balance = _ledger.Total.Read(),
            ScopeBalance = scope is null ? null : _ledger.Find(_entries.ScopeLabelOf(scope))?.Read(),
            ForgottenScopes = _ledger.Forgotten,
            UnpricedCalls = _ledger.Unpriced,
        };
    }

    /// <inheritdoc/>
    /// <remarks>Answers are written before the call that stores them returns. With an error budget, the method waits until the budget has learnt, and saves the result.</remarks>
    public ValueTask FlushAsync(CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled(cancellationToken)
        : _decisions.Budgets is { } scopes ? scopes.FlushAsync(cancellationToken)
        : ValueTask.CompletedTask;

    /// <summary>Stops the fits of error budgets. Lookups continue as before.</summary>
    public void Dispose()
    {
        _left.Dispose();
        _scale?.Stop();
        _decisions.Budgets?.Dispose();
        _limits.Stop();
    }

    /// <summary>Stops the fits of error budgets and saves what they have learnt.</summary>
    /// <returns>A task that completes when the results are saved.</returns>
    public async ValueTask DisposeAsync()
    {
        _left.Dispose();
        await _left.WhenIdleAsync().ConfigureAwait(false);
        _scale?.Stop();
        if (_decisions.Budgets is { } scopes)
        {
            scopes.Dispose();
            await scopes.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }

        _limits.Stop();
    }

    AmbientScope IAmbientScope.ReadScope() => _requests.ReadScope();

    /// <summary>Gets what the cache has saved and spent, for tests.</summary>
    internal CacheLedger Ledger => _ledger;

    /// <summary>Gets the error budget of a scope that was active lately.</summary>
    internal ScopeBudget? BudgetOf(CacheScope? scope) => _decisions.Budgets?.Find(_entries.ScopeLabelOf(scope));

    /// <summary>Waits until no answer is being generated whose callers were served a stored one, for tests.</summary>
    internal Task WhenGeneratedAsync() => _left.WhenIdleAsync();

    /// <summary>Waits until the embedding model's scale is not being measured, for tests.</summary>
    internal Task WhenMeasuredAsync() => _scale?.WhenIdleAsync() ?? Task.CompletedTask;

    /// <summary>Starts a stream that has nothing to do with the cache.</summary>
    internal static IAsyncEnumerator<ChatResponseUpdate> StartUncached(
        Func<SemanticCacheEntryContext, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> factory, CancellationToken cancellationToken) =>
        (factory(SemanticCacheEntryContext.ForNothing(), cancellationToken) ?? throw new InvalidOperationException("The factory returned null instead of a stream."))
            .GetAsyncEnumerator(cancellationToken);

    private async ValueTask<SemanticCacheResult> LookupAsync(RequestFactory.Checked query, CancellationToken cancellationToken)
    {
        var (lookup, _) = await FindAsync(query, cancellationToken).ConfigureAwait(false);
        _reporter.Report(query.Request?.ScopeLabel, lookup);
        return lookup.ToResult();
    }

    private async ValueTask<SemanticCacheResult> GetOrCreateAsync(
        RequestFactory.Checked query, Func<SemanticCacheEntryContext, CancellationToken, Task<ChatResponse>> factory, CancellationToken cancellationToken)
    {
        // The factory runs in its caller's context: see FlightRunner.
        var (lookup, missed) = await FindAsync(query, cancellationToken).ConfigureAwait(true);
        if (missed is not null)
        {
            return await _whole.GetAsync(missed, factory, cancellationToken).ConfigureAwait(false);
        }

        _reporter.Report(query.Request?.ScopeLabel, lookup);
        if (lookup.Answer is not null)
        {
            return lookup.ToResult();
        }

        var response = await factory(SemanticCacheEntryContext.ForNothing(), cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException("The factory returned null instead of a response.");
        return lookup.ToResult(response, entryId: null);
    }

    private async ValueTask<SemanticCacheStreamingResult> GetOrStreamAsync(
        RequestFactory.Checked query, Func<SemanticCacheEntryContext, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> factory, CancellationToken cancellationToken)
    {
        var (lookup, missed) = await FindAsync(query, cancellationToken).ConfigureAwait(false);
        var result = lookup.ToResult(response: null, lookup.Entry?.ToString());
        if (missed is not null)
        {
            return new SemanticCacheStreamingResult(result, (stream, token) => _streamed.StreamAsync(stream, missed, factory, token), isLive: true);
        }

        _reporter.Report(query.Request?.ScopeLabel, lookup);
        return lookup.Answer is { } answer
            ? new SemanticCacheStreamingResult(result, (_, token) => ReplayAsync(answer, token), isLive: false)
            : new SemanticCacheStreamingResult(result, (_, token) => StartUncached(factory, token), isLive: true);
    }

    private async ValueTask<string?> StoreAsync(RequestFactory.Checked query, ChatResponse response, CancellationToken cancellationToken)
    {
        if (query.IsBypassed || query.Request.Mode == SemanticCacheMode.ReadOnly)
        {
            return _storage.Refuse();
        }

        var context = query.Request.NewContext();
        var kept = await _storage.KeepAsync(
            query.Request, lookup: null, context, _storage.NewRecorder(context), response, cancellationToken).ConfigureAwait(false);
        return kept.Id;
    }

    // Of a miss it also returns what is needed to answer it anew.
    private async ValueTask<(LookupResult Lookup, MissedRequest? Missed)> FindAsync(RequestFactory.Checked query, CancellationToken cancellationToken)
    {
        if (query.IsBypassed)
        {
            return (LookupResult.Bypass(query.BypassReason), null);
        }

        var flightsEndedBefore = _flights.EndedIn(query.Request.Partition);
        var lookup = query.Request.Mode == SemanticCacheMode.Refresh
            ? LookupResult.Miss(SemanticCacheReason.Refresh)
            : await FindAsync(query.Request, cancellationToken).ConfigureAwait(false);
        if (_holdouts.IsDrawn(query.Request, lookup))
        {
            lookup = await _holdouts.HoldOutAsync(query.Request, lookup, cancellationToken).ConfigureAwait(false);
            return (lookup, lookup.Answer is null ? new MissedRequest(query.Request, lookup, flightsEndedBefore) : null);
        }

        return lookup.Fallback is { } fallback && query.Request.MayExplore
            ? await FindWithFallbackAsync(query.Request, lookup, fallback, flightsEndedBefore, cancellationToken).ConfigureAwait(false)
            : (lookup, lookup.Answer is null ? new MissedRequest(query.Request, lookup, flightsEndedBefore) : null);
    }

    // A stored answer that is not fresh any more, or will not be for long.
    private async ValueTask<(LookupResult Lookup, MissedRequest? Missed)> FindWithFallbackAsync(
        CacheRequest request, LookupResult lookup, Fallback fallback, long flightsEndedBefore, CancellationToken cancellationToken)
    {
        if (lookup.Answer is null)
        {
            return await _standIns.TryAtOnceAsync(request, fallback, cancellationToken).ConfigureAwait(false) is { } standIn
                ? (standIn, null)
                : (lookup, new MissedRequest(request, lookup, flightsEndedBefore));
        }

        if (_flights.IsInFlight(request) || !_standIns.MayRefresh(request))
        {
            return (lookup, null);
        }

        var miss = LookupResult.Miss(SemanticCacheReason.EagerRefresh).WithFallback(fallback);
        return (miss, new MissedRequest(request, miss, flightsEndedBefore));
    }

    private async ValueTask<LookupResult> FindAsync(CacheRequest request, CancellationToken cancellationToken)
    {
        using var activity = _activities.StartActivity(TelemetryNames.Spans.Lookup);
        var started = _telemetry.TimesLookups ? _time.GetTimestamp() : 0;
        var found = await _lookup.FindAsync(request, cancellationToken).ConfigureAwait(false);
        var lookup = _review.HasModerator(request) ? await _review.ReviewAsync(request, found, cancellationToken).ConfigureAwait(false) : found;
        var result = RequestReporter.ResultOf(lookup.Outcome);
        if (started != 0)
        {
            _telemetry.LookedUp(_time.GetElapsedTime(started), result);
        }

        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag(TelemetryNames.Tags.Result, result);
            activity.SetTag(TelemetryNames.Tags.Reason, lookup.Answer is null ? lookup.Reason.ToString() : lookup.Outcome.ToString());
        }

        return lookup;
    }

    private static async IAsyncEnumerator<ChatResponseUpdate> ReplayAsync(StoredAnswer answer, CancellationToken cancellationToken)
    {
        foreach (var update in AnswerPlayer.ToUpdates(answer))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return update;
        }
    }
}
