using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using RagCaching.Diagnostics;
using RagCaching.Internal.Faults;
using RagCaching.Semantic.Entries;
using RagCaching.Semantic.Explaining;
using RagCaching.Semantic.Flights;
using RagCaching.Semantic.Lookups;
using RagCaching.Semantic.Requests;
using RagCaching.VectorStores;

namespace RagCaching;

/// <content>Explains what a lookup does: the classes that decide are the same, and what they would change, count or log is not there.</content>
public sealed partial class SemanticCache
{
    /// <inheritdoc/>
    public ValueTask<SemanticCacheExplanation> ExplainAsync(SemanticCacheQuery query, CancellationToken cancellationToken = default) => _newExplainer().ExplainAsync(query, cancellationToken);

    // For each query anew: an answer that a lookup would drop on its way is hidden from the rest of this way only.
    private Explainer NewExplainer(
        IEmbeddingGenerator<string, Embedding<float>> embedder, CacheSettings settings, Reading real, QuestionEmbedder realQuestions, RemovalLog removals, IServiceProvider? services)
    {
        var silent = new FaultReporting(_time, CacheTelemetry.Silent, NullLogger.Instance);
        var store = UntouchedStore.Of(real.Store);
        var validator = new EntryValidator(store, isOwnStore: store is ILocalIndex, new LifetimeRules(settings.FailSafe.StaleIfError, settings.FailSafe.EagerRefresh), removals, silent);
        var reading = new Reading(store, real.Keys, validator, new HitLoader(store, validator, new SourceCheck(silent), settings.LookupTimeout, _time), real.Aliases.ReadOnly());
        var questions = new QuestionEmbedder(embedder, settings.LookupTimeout, silent, ledger: null, () => realQuestions.Barrier.IsOpen);
        var (policy, decider) = _decisions.Over(reading, silent);
        var lookup = new GuardedLookup(new Lookup(reading.Hits, questions, policy, reading.Aliases, () => settings.IsShadow, () => _standIns.Health.IsDown, _time), NewStoreBreaker(), settings.LookupTimeout, silent);
        var joins = new SemanticJoins(decider, _decisions.MayJoinByMeaning);
        return new Explainer(
            new RequestFactory(settings, real.Keys, removals, silent, services), lookup, () => _lookup.IsStoreLeftAlone, _review, (request, found) => _flights.Foresee(request, found.Vector, joins),
            store, new FaultBarrier(TelemetryNames.Operations.Read, silent, log: null, settings.LookupTimeout));
    }
}
