using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RagCaching.Contract.Settings;
using RagCaching.Diagnostics;
using RagCaching.Embeddings.Keys;
using RagCaching.Internal;
using RagCaching.Internal.Digests;
using RagCaching.Internal.Limits;
using RagCaching.Semantic;
using RagCaching.Semantic.Entries;
using RagCaching.Semantic.Entries.Answers;
using RagCaching.Semantic.Flights;
using RagCaching.Semantic.Lookups;
using RagCaching.Semantic.Requests;
using RagCaching.Semantic.Storing;

namespace RagCaching;

/// <summary>The semantic cache: the same question is answered from a key, a re-worded one by the nearest vector, a new one by its caller.</summary>
/// <remarks>
/// <para>
/// A query passes the exact key, then remembered re-wordings, then one embedding and one search of its partition; a candidate is served
/// when it reaches the similarity floor, or is within the <see cref="SemanticCacheOptions.ErrorBudget"/>, every <see cref="IMatchGuard"/> allows it and every
/// <see cref="IMatchVerifier"/> agrees. Callers that ask the same question at the same time share one run of the factory.
/// </para>
/// <para>
/// Thread-safe. It owns neither the generator nor the store and disposes neither. Disposing the cache stops the fits of its error budgets;
/// <see cref="DisposeAsync"/> also saves what they have learnt.
/// </para>
/// </remarks>
public sealed class SemanticCache : ISemanticCache, IAsyncDisposable, IDisposable
{
    internal const string DefaultName = "default";

    private const int StoreFailuresToOpen = 5;
    private static readonly TimeSpan StoreBreakDuration = TimeSpan.FromSeconds(1);

    // Without a configured secret, a store in this process is only ever read by this process.
    private static readonly byte[] ProcessSecret = RandomNumberGenerator.GetBytes(Digest.SizeInBytes);

    private readonly RequestFactory _requests;
    private readonly RequestReporter _reporter;
    private readonly GuardedLookup _lookup;
    private readonly EntryWriter _writer;
    private readonly EntryManager _entries;
    private readonly FlightTable _flights;
    private readonly WholeAnswers _whole;
    private readonly StreamedAnswers _streamed;
    private readonly LearningParts _learning;
    private readonly RequestCounts _counts = new();
    private readonly KeySpace _keys;
    private readonly CacheTelemetry _telemetry;
    private readonly TimeProvider _time;

    /// <summary>Creates a cache.</summary>
    /// <param name="embedder">Embeds questions; usually an <see cref="ICachedEmbedder"/>.</param>
    /// <param name="store">Keeps the answers. Caches with the same store, embedding model and key secret share them.</param>
    /// <param name="options">The settings; <see langword="null"/> for the defaults. Read once.</param>
    /// <param name="services">
    /// Where a <see cref="TimeProvider"/>, an <see cref="ILoggerFactory"/>, an <see cref="IMeterFactory"/>, <see cref="RagCachingKeyOptions"/>, an
    /// <see cref="ICacheScopeProvider"/>, a <see cref="ShadowLog"/>, <see cref="IMatchGuard"/>s, <see cref="IMatchVerifier"/>s and an <see cref="IAnswerComparer"/> may be;
    /// the scope provider and the last three are asked for on first use. Where it has no guard at all, a <see cref="LexicalGuard"/> with its defaults is used; to have none,
    /// add one whose options are not enabled.
    /// </param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A setting is out of range.</exception>
    public SemanticCache(
        IEmbeddingGenerator<string, Embedding<float>> embedder, IVectorStore store, SemanticCacheOptions? options = null, IServiceProvider? services = null)
        : this(embedder, store, PartsOf(options, services), services)
    {
    }

    /// <summary>Creates a cache with parts of its own.</summary>
    internal SemanticCache(IEmbeddingGenerator<string, Embedding<float>> embedder, IVectorStore store, SemanticCacheParts parts, IServiceProvider? services)
    {
        ArgumentNullException.ThrowIfNull(embedder);
        ArgumentNullException.ThrowIfNull(store);

        var settings = new CacheSettings(parts.Options);
        var logger = QuietLogger.From<SemanticCache>(services);
        _time = services?.GetService<TimeProvider>() ?? TimeProvider.System;
        _telemetry = new CacheTelemetry(TelemetryNames.Kinds.Response, parts.Name, services);

        var identity = new EmbeddingModelIdentity(embedder.GetService<EmbeddingGeneratorMetadata>());
        if (!identity.IsKnown)
        {
            Log.SemanticModelUnknown(logger);
        }

        var isShared = store is not InMemoryVectorStore;
        var secret = KeySecret.From(services);
        if (secret.Length == 0 && isShared)
        {
            Log.NoKeySecret(logger);
        }

        var keys = new KeySpace(secret.Length == 0 && !isShared ? ProcessSecret : secret, identity);
        var aliases = new AliasTable();
        var removals = new RemovalLog();

        // Reads and writes fail apart: a store that is full refuses writes and still answers.
        var readBreaker = new CircuitBreaker(_time, StoreBreakDuration, StoreFailuresToOpen);
        var writeBreaker = new CircuitBreaker(_time, StoreBreakDuration, StoreFailuresToOpen);
        var questions = new QuestionEmbedder(embedder, _time, _telemetry, logger);
        var reader = new EntryValidator(store, checksTimes: isShared, _time, _telemetry);
        var hits = new HitLoader(store, reader, new SourceCheck(_telemetry), settings.LookupTimeout, _time);

        // Extra calls of models are for those who set a budget.
        var comparer = settings.ErrorBudget is null ? AnswerComparers.ShortAnswers : AnswerComparers.Prose(embedder);
        _learning = new LearningParts(store, keys, reader, hits, aliases, settings, parts, comparer, _time, _telemetry, logger);
        _flights = new FlightTable(removals, new SemanticJoins(_learning.Decider, _learning.MayJoinByMeaning));
        var finder = new Lookup(hits, questions, _learning.Search, aliases, _time);

        _requests = new RequestFactory(settings, keys, removals, _time, services, _telemetry);
        _reporter = new RequestReporter(_telemetry, _counts, logger);
        _lookup = new GuardedLookup(finder, questions, readBreaker, settings.LookupTimeout, _time, _telemetry, logger);
        _writer = new EntryWriter(store, questions, keys, removals, writeBreaker, settings.MaxAnswerBytes, settings.LookupTimeout, _time, _telemetry, logger);
        _entries = new EntryManager(store, reader, keys, aliases, removals, _requests, _learning.Scopes, _learning.Learner, _time);
        _keys = keys;

        var runner = new FlightRunner(_flights, _writer, _lookup, _learning.Answers, settings.GenerationTimeout, _time);
        _whole = new WholeAnswers(_flights, runner, _reporter, settings.JoinTimeout, _time);
        _streamed = new StreamedAnswers(_flights, runner, _reporter, settings.JoinTimeout, _time);
    }

    /// <inheritdoc/>
    public ValueTask<SemanticCacheResult> LookupAsync(SemanticCacheQuery query, CancellationToken cancellationToken = default) =>
        LookupAsync(_requests.Read(query, mayExplore: false), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<SemanticCacheResult> GetOrCreateAsync(
        SemanticCacheQuery query, Func<SemanticCacheEntryContext, CancellationToken, Task<ChatResponse>> factory, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(factory);

        return GetOrCreateAsync(_requests.Read(query, mayExplore: true), factory, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<SemanticCacheStreamingResult> GetOrStreamAsync(
        SemanticCacheQuery query, Func<SemanticCacheEntryContext, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> factory, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(factory);

        return GetOrStreamAsync(_requests.Read(query, mayExplore: true), factory, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<string?> StoreAsync(SemanticCacheQuery query, ChatResponse response, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(response);

        return StoreAsync(_requests.Read(query, mayExplore: false), response, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<bool> RemoveAsync(string entryId, CacheScope? scope = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entryId);

        return _entries.RemoveAsync(entryId, scope, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<long> RemoveWhereAsync(EntryFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (filter.Scope is null == !filter.AllScopes)
        {
            throw new ArgumentException("Set either Scope or AllScopes: removing the answers of every scope is a decision and is spelled out.", nameof(filter));
        }

        return _entries.RemoveWhereAsync(filter, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<bool> ReportAsync(string entryId, string question, bool correct, CacheScope? scope = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entryId);
        ArgumentNullException.ThrowIfNull(question);

        return _entries.ReportAsync(entryId, question, correct, scope, cancellationToken);
    }

    /// <inheritdoc/>
    public SemanticCacheStatistics GetStatistics(CacheScope? scope = null)
    {
        var budget = _learning.Scopes?.Find(_keys.ScopeLabel(_requests.ScopeOf(scope)));
        return new SemanticCacheStatistics
        {
            Outcomes = _counts.Outcomes(),
            Reasons = _counts.Reasons(),
            Comparisons = _learning.Comparer.Comparisons,
            ErrorBudget = budget?.Read(),
        };
    }

    /// <inheritdoc/>
    /// <remarks>Answers are written before the call that stores them returns. With an error budget, waits until it has learnt, and saves what it has learnt.</remarks>
    public ValueTask FlushAsync(CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled(cancellationToken)
        : _learning.Scopes is { } scopes ? scopes.FlushAsync(cancellationToken)
        : ValueTask.CompletedTask;

    /// <summary>Stops the fits of error budgets. Lookups go on as before.</summary>
    public void Dispose() => _learning.Scopes?.Dispose();

    /// <summary>Stops the fits of error budgets and saves what they have learnt.</summary>
    /// <returns>A task that completes when that is done.</returns>
    public async ValueTask DisposeAsync()
    {
        if (_learning.Scopes is { } scopes)
        {
            scopes.Dispose();
            await scopes.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static SemanticCacheParts PartsOf(SemanticCacheOptions? options, IServiceProvider? services) => new()
    {
        Options = FixedOptions(options),
        Guards = () => GuardsOf(services),
        Verifiers = () => services?.GetService<IEnumerable<IMatchVerifier>>() ?? [],
        Comparer = () => services?.GetService<IAnswerComparer>(),
        ShadowLog = services?.GetService<ShadowLog>() ?? new ShadowLog(),
    };

    private static Func<SemanticCacheOptions> FixedOptions(SemanticCacheOptions? options)
    {
        var settings = (options ?? new SemanticCacheOptions()).Checked(new SemanticCacheOptionsValidator(), new SemanticCacheOptionsRules());
        var copy = settings.Copy();
        return () => copy;
    }

    private static IMatchGuard[] GuardsOf(IServiceProvider? services)
    {
        IMatchGuard[] guards = [.. services?.GetService<IEnumerable<IMatchGuard>>() ?? []];
        return guards.Length > 0 ? guards : [new LexicalGuard()];
    }

    /// <summary>Starts a stream that has nothing to do with the cache.</summary>
    internal static IAsyncEnumerator<ChatResponseUpdate> StartUncached(
        Func<SemanticCacheEntryContext, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> factory, CancellationToken cancellationToken) =>
        (factory(new SemanticCacheEntryContext(""), cancellationToken) ?? throw new InvalidOperationException("The factory returned null instead of a stream."))
            .GetAsyncEnumerator(cancellationToken);

    private async ValueTask<SemanticCacheResult> LookupAsync(CacheRequest request, CancellationToken cancellationToken)
    {
        var lookup = await FindAsync(request, cancellationToken).ConfigureAwait(false);
        _reporter.Report(lookup);
        return ToResult(lookup);
    }

    private async ValueTask<SemanticCacheResult> GetOrCreateAsync(
        CacheRequest request, Func<SemanticCacheEntryContext, CancellationToken, Task<ChatResponse>> factory, CancellationToken cancellationToken)
    {
        // The factory runs in its caller's context: see FlightRunner.
        var lookup = await FindAsync(request, cancellationToken).ConfigureAwait(true);
        if (lookup.Outcome == SemanticCacheOutcome.Miss)
        {
            return await _whole.GetAsync(request, lookup, factory, cancellationToken).ConfigureAwait(false);
        }

        _reporter.Report(lookup);
        if (lookup.Answer is not null)
        {
            return ToResult(lookup);
        }

        var response = await factory(new SemanticCacheEntryContext(""), cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException("The factory returned null instead of a response.");
        return lookup.ToResult(response, entryId: null);
    }

    private async ValueTask<SemanticCacheStreamingResult> GetOrStreamAsync(
        CacheRequest request, Func<SemanticCacheEntryContext, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> factory, CancellationToken cancellationToken)
    {
        var lookup = await FindAsync(request, cancellationToken).ConfigureAwait(false);
        if (lookup.Outcome == SemanticCacheOutcome.Miss)
        {
            return new SemanticCacheStreamingResult(
                lookup.ToResult(response: null, entryId: null),
                (result, token) => _streamed.StreamAsync(result, request, lookup, factory, token),
                isLive: true);
        }

        _reporter.Report(lookup);
        return lookup.Answer is { } answer
            ? new SemanticCacheStreamingResult(lookup.ToResult(response: null, lookup.EntryId), (_, token) => ReplayAsync(answer, token), isLive: false)
            : new SemanticCacheStreamingResult(
                lookup.ToResult(response: null, entryId: null),
                (_, token) => StartUncached(factory, token),
                isLive: true);
    }

    private async ValueTask<string?> StoreAsync(CacheRequest request, ChatResponse response, CancellationToken cancellationToken)
    {
        if (request.BypassReason != SemanticCacheReason.None || request.Mode == SemanticCacheMode.ReadOnly)
        {
            return _writer.Refuse(AnswerRefusal.NotWanted);
        }

        var recorder = new AnswerRecorder(_writer.MaxAnswerBytes);
        recorder.Add(response);
        var refusal = recorder.TryComplete(out var answer);
        if (answer is null)
        {
            return _writer.Refuse(refusal);
        }

        var vector = await _writer.EmbedAsync(request, cancellationToken).ConfigureAwait(false);
        var group = await _learning.Answers.LearnAsync(request, exploration: null, vector, answer, cancellationToken).ConfigureAwait(false);
        return await _writer.WriteAsync(request, FlightRunner.NewContext(request), answer, vector, group).ConfigureAwait(false);
    }

    private async ValueTask<LookupResult> FindAsync(CacheRequest request, CancellationToken cancellationToken)
    {
        if (request.BypassReason != SemanticCacheReason.None)
        {
            return LookupResult.Bypass(request.BypassReason);
        }

        if (request.Mode == SemanticCacheMode.Refresh)
        {
            return LookupResult.Miss(SemanticCacheReason.Refresh);
        }

        request.FlightsEndedBefore = _flights.EndedIn(request.Partition);
        using var activity = CacheTelemetry.Activities.StartActivity(TelemetryNames.Spans.Lookup);
        var started = _telemetry.TimesLookups ? _time.GetTimestamp() : 0;
        var lookup = await _lookup.FindAsync(request, cancellationToken).ConfigureAwait(false);
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

    private static SemanticCacheResult ToResult(LookupResult lookup) =>
        lookup.ToResult(lookup.Answer is { } answer ? AnswerPlayer.ToResponse(answer) : null, lookup.EntryId);

    private static async IAsyncEnumerator<ChatResponseUpdate> ReplayAsync(StoredAnswer answer, CancellationToken cancellationToken)
    {
        foreach (var update in AnswerPlayer.ToUpdates(answer))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return update;
        }
    }
}
