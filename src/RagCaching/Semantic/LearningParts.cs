using Microsoft.Extensions.Logging;
using RagCaching.Calibration;
using RagCaching.Comparers;
using RagCaching.Diagnostics;
using RagCaching.ErrorBudgets;
using RagCaching.ErrorBudgets.State;
using RagCaching.Semantic.Entries;
using RagCaching.Semantic.Lookups;
using RagCaching.Semantic.Matching;
using RagCaching.Semantic.Requests;

namespace RagCaching.Semantic;

/// <summary>The parts of a cache that decide by meaning and learn from what comes of it, put together as the settings say.</summary>
internal sealed class LearningParts
{
    private readonly VerifierChain _verifiers;
    private readonly bool _isThreshold;

    public LearningParts(
        IVectorStore store, KeySpace keys, EntryValidator reader, HitLoader hits, AliasTable aliases, CacheSettings settings, SemanticCacheParts parts, IAnswerComparer defaultComparer, TimeProvider time, CacheTelemetry telemetry, ILogger logger)
    {
        var finder = new CandidateSearch(store, reader, telemetry);
        Decider = new MatchDecider(new Lazy<IReadOnlyList<IMatchGuard>>(() => [.. parts.Guards()]), telemetry);
        _verifiers = new VerifierChain(new Lazy<IReadOnlyList<IMatchVerifier>>(() => [.. parts.Verifiers()]), settings.VerifierTimeout, time, telemetry);
        var lastWord = new FinalChecks(hits, _verifiers, settings.IsShadow);
        var budget = settings.ErrorBudget;
        _isThreshold = budget is null && !settings.IsShadow;
        var comparisonTimeout = budget?.ComparisonTimeout ?? ErrorBudgetOptions.DefaultComparisonTimeout;
        Comparer = new ComparerCall(new Lazy<IAnswerComparer>(() => parts.Comparer() ?? defaultComparer), comparisonTimeout, time, telemetry);
        var shadow = settings.IsShadow ? new ShadowRecorder(parts.ShadowLog, hits, Comparer, settings.KeepsTexts, time) : null;
        AnswerGrouping? grouping = null;
        if (budget is null)
        {
            Search = new ThresholdPolicy(finder, Decider, lastWord, aliases, shadow, settings.NearMissMargin, telemetry);
        }
        else
        {
            // A store in this process ends with the process, as does what was learnt; elsewhere both stay, side by side.
            Scopes = new BudgetScopes(budget, store is InMemoryVectorStore ? null : new BudgetStore(store, keys, time), time, telemetry, logger);
            Learner = new BudgetLearner(hits, reader, Comparer, Scopes, shadow, budget, parts.Draw, time, telemetry, logger);
            Search = new ErrorBudgetPolicy(finder, Decider, lastWord, Scopes, Learner, budget, telemetry);
            grouping = new AnswerGrouping(finder, Scopes, Learner, budget.Neighbours);
        }

        Answers = new AnswerLearning(grouping, settings.LookupTimeout + comparisonTimeout, time, telemetry);
    }

    public MatchDecider Decider { get; }

    public IMatchPolicy Search { get; }

    public ComparerCall Comparer { get; }

    public AnswerLearning Answers { get; }

    /// <summary>Gets the budgets; <see langword="null"/> where a threshold decides.</summary>
    public BudgetScopes? Scopes { get; }

    /// <summary>Gets what labels decisions; <see langword="null"/> where a threshold decides.</summary>
    public BudgetLearner? Learner { get; }

    /// <summary>Tells whether a caller may join an answer being generated to a question in other words: not where its group or its text decides, which are not known yet.</summary>
    public bool MayJoinByMeaning() => _isThreshold && _verifiers.IsEmpty();
}
