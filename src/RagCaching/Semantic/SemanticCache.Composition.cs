using System.Security.Cryptography;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RagCaching.Calibration;
using RagCaching.Comparers;
using RagCaching.Contract.Settings;
using RagCaching.Diagnostics;
using RagCaching.Embeddings.Keys;
using RagCaching.ErrorBudgets;
using RagCaching.ErrorBudgets.Gates;
using RagCaching.ErrorBudgets.Model;
using RagCaching.ErrorBudgets.Repeats;
using RagCaching.ErrorBudgets.State;
using RagCaching.Internal;
using RagCaching.Internal.Digests;
using RagCaching.Internal.Faults;
using RagCaching.Internal.Limits;
using RagCaching.Money;
using RagCaching.Protection;
using RagCaching.Semantic;
using RagCaching.Semantic.Entries;
using RagCaching.Semantic.FailSafe;
using RagCaching.Semantic.Flights;
using RagCaching.Semantic.Holdouts;
using RagCaching.Semantic.Lifetimes;
using RagCaching.Semantic.Lookups;
using RagCaching.Semantic.Matching;
using RagCaching.Semantic.Requests;
using RagCaching.Semantic.Storing;
using RagCaching.Semantic.Transfers;
using RagCaching.VectorStores;

namespace RagCaching;

// How a cache is put together, from the ground up: what all parts share, what reads entries, what decides, what looks up, what generates and stores.
public sealed partial class SemanticCache
{
    private const int StoreFailuresToOpen = 5;
    private static readonly TimeSpan StoreBreakDuration = TimeSpan.FromSeconds(1);

    // Without a configured secret, a store in this process is only ever read by this process.
    private static readonly byte[] ProcessSecret = RandomNumberGenerator.GetBytes(Digest.SizeInBytes);

    /// <summary>Creates a cache from the given parts.</summary>
    internal SemanticCache(IEmbeddingGenerator<string, Embedding<float>> embedder, IVectorStore store, SemanticCacheParts parts, IServiceProvider? services)
    {
        ArgumentNullException.ThrowIfNull(embedder);
        ArgumentNullException.ThrowIfNull(store);
        var settings = _settings = new CacheSettings(parts.Options, embedder.GetService<EmbeddingGeneratorMetadata>()?.DefaultModelId);
        var logger = QuietLogger.From<SemanticCache>(services);
        LogThreshold(settings, parts.Name, logger);
        _time = services?.GetService<TimeProvider>() ?? TimeProvider.System;
        _activities = parts.Activities;
        _telemetry = new CacheTelemetry(TelemetryNames.Kinds.Response, parts.Name, services);
        var reporting = new FaultReporting(_time, _telemetry, logger);
        _limits = reporting.Limits;
        var isShared = store is not InMemoryVectorStore;
        store = ProtectedVectorStore.Around(store, services, reporting);
        var keys = KeysOf(embedder, isShared, services, reporting);
        var removals = new RemovalLog();
        _requests = new RequestFactory(settings, keys, removals, reporting, services);
        var watch = new HitRateWatch(logger);
        var money = new MoneyTelemetry(parts.Name, services);
        _ledger = new CacheLedger(new PriceBook(FirstUse.Of(parts.Prices), () => settings.Prices, parts.Name, reporting), money, parts.Name, logger);
        _reporter = new RequestReporter(_telemetry, watch, _ledger, logger);

        (store as IRemovalFeed)?.OnRemoval(filter => removals.Add([.. filter.Labels], filter.CreatedBefore));
        var failSafe = settings.FailSafe;
        var validator = new EntryValidator(store, isOwnStore: store is ILocalIndex, new LifetimeRules(failSafe.StaleIfError, failSafe.EagerRefresh), removals, reporting);
        var reading = new Reading(store, keys, validator, new HitLoader(store, validator, new SourceCheck(reporting), settings.LookupTimeout, _time), new AliasTable());
        _review = new HitReview(validator, FirstUse.Of<IReadOnlyList<IAnswerModerator>>(() => [.. parts.Moderators()]), reporting);

        // Extra calls of models are for those who set a budget.
        var comparer = settings.ErrorBudget is null ? AnswerComparers.ShortAnswers : AnswerComparers.Prose(embedder);
        _decisions = DecisionsOf(settings, parts, comparer, reading, new ErrorBudgetTelemetry(parts.Name, services), reporting);
        _holdouts = HoldoutsOf(settings, parts, embedder, store, money, new ErrorBudgetTelemetry(parts.Name, services), reporting);
        _size = store as ICacheSize;

        // Reads and writes fail apart: a store that is full refuses writes and still answers.
        var questions = _questions = new QuestionEmbedder(embedder, settings.LookupTimeout, reporting, _ledger);
        _newExplainer = () => NewExplainer(embedder, settings, reading, questions, removals, services);
        _lookup = new GuardedLookup(new Lookup(reading.Hits, questions, _decisions.Policy, reading.Aliases, () => settings.IsShadow, () => _standIns!.Health.IsDown, _time), NewStoreBreaker(), settings.LookupTimeout, reporting);
        _flights = new FlightTable(removals, new SemanticJoins(_decisions.Decider, _decisions.MayJoinByMeaning), _time);
        _standIns = StandInsOf(FailSafeSettings.From(failSafe), parts.Name, new FailSafeTelemetry(parts.Name, services), logger);
        var refusals = new RefusalCounter(_telemetry, watch, logger);
        var writes = new SweptWrites(store, removals, reporting);
        var writer = new EntryWriter(store, keys, writes, NewStoreBreaker(), new WriteLimits(settings.MaxAnswerBytes, failSafe.StaleIfError, settings.Lifetimes.Jitter), refusals, reporting);
        _scale = ScaleWatch.For(store, settings, parts.Name, reporting);
        var lifetimes = new AnswerLifetimes(new LifetimeRule(settings.Lifetimes), FirstUse.Of<IReadOnlyList<IAnswerLifetime>>(() => [.. parts.Lifetimes()]), reporting);
        _storage = new AnswerStorage(writer, _decisions.Learning, questions, lifetimes, refusals, new WriteQuota(settings.MaxNewAnswersPerScope, settings.NewAnswersWindow, _time), _scale) { Ledger = _ledger };
        var look = new SecondLook(_flights, _lookup, _review);
        var runner = new FlightRunner(_flights, look, new SharedGeneration(store as IGenerationLeases, look, settings.JoinTimeout, failSafe.SoftTimeout, reporting), _storage, _standIns, settings.GenerationTimeout, reporting);
        _left = new LeftFlights(failSafe.HardTimeout, _time);
        var inFlight = new FlightServices(runner, _left, _standIns, new FlightPatience(_standIns, settings.JoinTimeout, _time), _reporter);
        _whole = new WholeAnswers(_flights, inFlight);
        _streamed = new StreamedAnswers(_flights, inFlight);

        _entries = new EntryLocator(store, validator, keys, _requests);
        _remover = new EntryRemover(store, _entries, keys, removals, _decisions.Budgets);
        _transfers = new Transfers(
            store,
            new EntryExport(store, keys, reporting.Counter),
            new EntryImport(store, keys, removals, writes, settings, _time),
            new AnswerImport(store, _requests, questions, StoreAsync),
            new EntryList(store, keys, reporting.Counter));
        var changes = new EntryChanges(new KeyedLocks(), settings.MaxAnswerBytes, _time);
        _reports = new EntryReports(store, _entries, keys, reading.Aliases, _decisions.Served, changes);
        _curation = new EntryCuration(_entries, validator, keys, removals, writes, changes);
    }

    private StandIns StandInsOf(FailSafeSettings settings, string name, FailSafeTelemetry telemetry, ILogger logger) =>
        new(_lookup, _review, new ModelHealth(settings, name, telemetry, _time, logger), settings, telemetry, _time);

    // Whoever holds hits out wants to know, and may be asked for embeddings of answers.
    private static HoldoutDraw HoldoutsOf(
        CacheSettings settings, SemanticCacheParts parts, IEmbeddingGenerator<string, Embedding<float>> embedder, IVectorStore store, MoneyTelemetry telemetry, ErrorBudgetTelemetry budgets, FaultReporting reporting)
    {
        var comparer = FirstUse.Of(() => parts.Comparer() ?? (settings.ExactOnly ? AnswerComparers.ShortAnswers : AnswerComparers.Prose(embedder)));
        var timeout = settings.ErrorBudget?.ComparisonTimeout ?? ErrorBudgetOptions.DefaultComparisonTimeout;
        return new HoldoutDraw(settings, store, new ComparerCall(comparer, timeout, budgets, reporting), telemetry, reporting, parts.Draw);
    }

    private static void LogThreshold(CacheSettings settings, string name, ILogger logger)
    {
        if (settings.ExactOnly)
        {
            Log.ExactOnlyInForce(logger, name);
            return;
        }

        var (similarity, origin) = settings.Threshold();
        switch (origin)
        {
            case ThresholdOrigin.ErrorBudget:
                Log.BudgetInForce(logger, name, settings.ErrorBudget!.MaxErrorRate, similarity);
                break;
            case ThresholdOrigin.Configured:
                Log.ConfiguredThreshold(logger, name, similarity);
                break;
            case ThresholdOrigin.Recommended:
                Log.RecommendedThreshold(logger, name, similarity, settings.EmbeddingModel);
                break;
            default:
                Log.DefaultThreshold(logger, name, similarity, settings.EmbeddingModel ?? "unknown");
                break;
        }

        if (settings.RecommendedAboveConfigured is { } recommended)
        {
            Log.BelowRecommended(logger, name, settings.LoosestThreshold(), settings.EmbeddingModel, recommended);
        }
    }

    private static KeySpace KeysOf(IEmbeddingGenerator<string, Embedding<float>> embedder, bool isShared, IServiceProvider? services, FaultReporting reporting)
    {
        var identity = new EmbeddingModelIdentity(embedder.GetService<EmbeddingGeneratorMetadata>());
        if (!identity.IsKnown)
        {
            Log.SemanticModelUnknown(reporting.Logger);
        }

        var secret = KeySecret.From(services);
        if (secret.Length == 0 && isShared)
        {
            Log.NoKeySecret(reporting.Logger);
        }

        return new KeySpace(secret.Length == 0 && !isShared ? ProcessSecret : secret, identity);
    }

    private Decisions DecisionsOf(
        CacheSettings settings, SemanticCacheParts parts, IAnswerComparer defaultComparer, Reading reading, ErrorBudgetTelemetry budgetTelemetry, FaultReporting reporting)
    {
        var guards = FirstUse.Of<IReadOnlyList<IMatchGuard>>(() => [.. parts.Guards()]);
        var verifierList = FirstUse.Of<IReadOnlyList<IMatchVerifier>>(() => [.. parts.Verifiers()]);
        var verifiers = new VerifierChain(verifierList, settings.VerifierTimeout, _ledger, reporting);
        var comparisonTimeout = settings.ErrorBudget?.ComparisonTimeout ?? ErrorBudgetOptions.DefaultComparisonTimeout;
        var comparer = new ComparerCall(FirstUse.Of(() => parts.Comparer() ?? defaultComparer), comparisonTimeout, budgetTelemetry, reporting);
        var shadow = new ShadowRecorder(parts.ShadowLog, reading.Hits, comparer, settings.KeepsTexts, () => settings.IsShadow, reporting.Time);
        if (settings.ErrorBudget is not { } budget)
        {
            var (threshold, thresholdDecider) = ByThreshold(reading, reporting);
            return new Decisions(threshold, thresholdDecider, comparer, new AnswerLearning(grouping: null, comparisonTimeout, reporting), () => !settings.IsShadow && verifiers.IsEmpty())
            {
                Over = ByThreshold,
            };
        }

        // A store in this process ends with the process, as does what was learnt; elsewhere both stay, side by side.
        var scopes = new BudgetScopes(budget, FitPlan.From(budget.PriorFor(settings.EmbeddingModel)), reading.Store is InMemoryVectorStore ? null : new BudgetStore(reading.Store, reading.Keys, reporting), reading.Store as ILearningFeed, reporting);
        var groups = new GroupFinder(reading.Hits, comparer, budget.MinimumSimilarity);
        var served = new ServedDecisions(scopes, reporting.Time);
        var labels = new DecisionLabeler(reading.Hits, reading.Validator, comparer, scopes, shadow, budgetTelemetry, reporting);
        var learner = new BudgetLearner(labels, groups, served, new AuditDraw(budget.AuditRate, parts.Draw), new RepeatedQuestions(budget, reading.Aliases));
        var search = new CandidateSearch(reading.Store, reading.Validator, reporting);
        var (policy, decider) = ByBudget(reading, reporting);
        return new Decisions(
            policy,
            decider,
            comparer,
            new AnswerLearning(new AnswerGrouping(search, scopes, groups, budget.Neighbours), settings.LookupTimeout + comparisonTimeout, reporting),
            static () => false)
        {
            Budgets = scopes,
            Served = served,
            Over = ByBudget,
        };

        (IMatchPolicy Policy, MatchDecider Decider) ByThreshold(Reading over, FaultReporting told)
        {
            var deciding = DeciderOf(told);
            return (new ThresholdPolicy(new CandidateSearch(over.Store, over.Validator, told), deciding, ChecksOf(over, told), over.Aliases, shadow, settings.NearMissMargin, (CacheTelemetry)told.Counter), deciding);
        }

        (IMatchPolicy Policy, MatchDecider Decider) ByBudget(Reading over, FaultReporting told)
        {
            var deciding = DeciderOf(told);
            return (new ErrorBudgetPolicy(new CandidateSearch(over.Store, over.Validator, told), deciding, ChecksOf(over, told), scopes, learner, budget, (CacheTelemetry)told.Counter), deciding);
        }

        MatchDecider DeciderOf(FaultReporting told) => new(guards, (CacheTelemetry)told.Counter, told);

        FinalChecks ChecksOf(Reading over, FaultReporting told) => new(over.Hits, new VerifierChain(verifierList, settings.VerifierTimeout, _ledger, told), () => settings.IsShadow);
    }

    private static SemanticCacheParts PartsOf(SemanticCacheOptions? options, IServiceProvider? services) => new()
    {
        Options = FixedOptions(options),
        Guards = () => GuardsOf(services),
        Verifiers = () => services?.GetService<IEnumerable<IMatchVerifier>>() ?? [],
        Moderators = () => services?.GetService<IEnumerable<IAnswerModerator>>() ?? [],
        Lifetimes = () => services?.GetService<IEnumerable<IAnswerLifetime>>() ?? [],
        Comparer = () => services?.GetService<IAnswerComparer>(),
        Prices = () => services?.GetService<IModelPrices>(),
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

    private CircuitBreaker NewStoreBreaker() => new(_time, StoreBreakDuration, StoreFailuresToOpen);

    /// <summary>The parts that read stored entries.</summary>
    private sealed record Reading(IVectorStore Store, KeySpace Keys, EntryValidator Validator, HitLoader Hits, AliasTable Aliases);

    /// <summary>The parts that decide by meaning and learn from the outcomes.</summary>
    /// <param name="Policy">Finds a stored answer to a question in other words and decides whether it may be served.</param>
    /// <param name="Decider">Decides about two questions alone.</param>
    /// <param name="Comparer">Compares answers.</param>
    /// <param name="Learning">Learns from new answers.</param>
    /// <param name="MayJoinByMeaning">
    /// Tells whether a caller may join an answer being generated to a question in other words: not where its group or its text decides, which are not known yet.
    /// </param>
    private sealed record Decisions(IMatchPolicy Policy, MatchDecider Decider, ComparerCall Comparer, AnswerLearning Learning, Func<bool> MayJoinByMeaning)
    {
        /// <summary>Gets what makes the same policy and decider again over other readers and another place for failures.</summary>
        public required Func<Reading, FaultReporting, (IMatchPolicy Policy, MatchDecider Decider)> Over { get; init; }

        /// <summary>Gets the error budgets; <see langword="null"/> where a threshold decides.</summary>
        public BudgetScopes? Budgets { get; init; }

        /// <summary>Gets the decisions that reports may be about; <see langword="null"/> where a threshold decides.</summary>
        public ServedDecisions? Served { get; init; }
    }
}
