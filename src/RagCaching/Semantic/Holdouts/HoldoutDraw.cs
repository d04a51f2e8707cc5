using RagCaching.Comparers;
using RagCaching.Diagnostics;
using RagCaching.ErrorBudgets.Gates;
using RagCaching.Internal.Faults;
using RagCaching.Semantic.Entries.Answers;
using RagCaching.Semantic.Lookups;
using RagCaching.Semantic.Requests;

namespace RagCaching.Semantic.Holdouts;

/// <summary>Draws hits whose question is answered anew, and counts whether the new answer says the same as the stored one. Thread-safe.</summary>
/// <remarks>It only measures: nothing is stored, and nothing is learnt.</remarks>
internal sealed class HoldoutDraw(CacheSettings settings, IVectorStore store, ComparerCall comparer, MoneyTelemetry telemetry, FaultReporting reporting, Func<double>? draw)
{
    private readonly FaultBarrier _reads = new(TelemetryNames.Operations.Read, reporting);
    private long _heldOut;
    private long _agreed;
    private long _disagreed;

    public HoldoutStatistics Read() => new(Interlocked.Read(ref _heldOut), Interlocked.Read(ref _agreed), Interlocked.Read(ref _disagreed));

    /// <summary>Draws whether a hit is held out.</summary>
    public bool IsDrawn(CacheRequest request, LookupResult found) =>
        settings.HoldoutRate is > 0 and var rate
        && found.Outcome is SemanticCacheOutcome.ExactHit or SemanticCacheOutcome.SemanticHit
        && request is { MayExplore: true, Mode: SemanticCacheMode.ReadWrite }
        && new AuditDraw(rate, draw).IsDrawn();

    /// <summary>Makes a miss of a hit that was drawn.</summary>
    /// <returns>The same hit where it is one that a person approved, or where that cannot be found out.</returns>
    public async ValueTask<LookupResult> HoldOutAsync(CacheRequest request, LookupResult hit, CancellationToken cancellationToken)
    {
        if (hit is not { Entry: { } entry, Answer: { } stored } || await IsCuratedAsync((entry.Partition, entry.QuestionKey), cancellationToken).ConfigureAwait(false))
        {
            return hit;
        }

        Interlocked.Increment(ref _heldOut);
        var miss = LookupResult.Miss(SemanticCacheReason.HeldOut, hit.Similarity) with { Exploration = new Exploration(this, request, stored) };
        return miss.WithFallback(new Fallback(entry, hit.Outcome, hit.Similarity ?? 1));
    }

    private ValueTask<bool> IsCuratedAsync((string Partition, string Id) entry, CancellationToken cancellationToken) => _reads.RunAsync(
        async (asked, token) => await store.GetContentAsync(asked.Partition, asked.Id, token).ConfigureAwait(false) is not { IsPermanent: false }, entry, fallback: true, cancellationToken);

    private async ValueTask<Learnt> CompareAsync(CacheRequest request, StoredAnswer fresh, StoredAnswer stored, CancellationToken cancellationToken)
    {
        var comparison = await comparer.CompareAsync(request.Question, fresh, stored, cancellationToken).ConfigureAwait(false);
        telemetry.HeldOut(comparison);
        if (comparison == AnswerComparison.Same)
        {
            Interlocked.Increment(ref _agreed);
        }
        else if (comparison == AnswerComparison.Different)
        {
            Interlocked.Increment(ref _disagreed);
        }

        return new Learnt(Group: 0, IsKnown: true);
    }

    private sealed class Exploration(HoldoutDraw holdouts, CacheRequest request, StoredAnswer stored) : IExploration
    {
        public bool IsCheck => true;

        public ValueTask<Learnt> LearnAsync(StoredAnswer fresh, CancellationToken cancellationToken) => holdouts.CompareAsync(request, fresh, stored, cancellationToken);
    }
}
