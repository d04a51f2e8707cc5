using System.Security.Cryptography;
using BitFaster.Caching.Lru;
using Microsoft.Extensions.Logging;
using RagCaching.Calibration;
using RagCaching.Comparers;
using RagCaching.Diagnostics;
using RagCaching.ErrorBudgets.Model;
using RagCaching.Semantic.Entries;
using RagCaching.Semantic.Entries.Answers;
using RagCaching.Semantic.Lookups;
using RagCaching.Semantic.Requests;

namespace RagCaching.ErrorBudgets;

/// <summary>Finds out what would have come of decisions, and which answers say the same.</summary>
internal sealed class BudgetLearner(
    HitLoader hits, EntryValidator reader, ComparerCall comparer, BudgetScopes scopes, ShadowRecorder? shadow, ErrorBudgetOptions options, Func<double>? draw, TimeProvider time, CacheTelemetry telemetry, ILogger logger)
{
    // Reports come soon after answers are served; older ones still count for the answer itself.
    private const int RememberedDecisions = 8_192;

    private readonly ConcurrentLru<(EntryId Entry, string QuestionKey), BudgetDecision> _served = new(RememberedDecisions);
    private readonly Func<double> _draw = draw ?? DrawUnpredictably;

    /// <summary>Decides whether a hit is answered anew all the same. Independent of everything about it.</summary>
    public bool DrawsAudit() => options.AuditRate > 0 && _draw() < options.AuditRate;

    /// <summary>Remembers a decision, in case somebody reports about it.</summary>
    public void Remember(CacheRequest request, EntryId entry, BudgetDecision decision) => _served.AddOrUpdate((entry, request.QuestionKey), decision);

    /// <summary>Learns from what somebody says about an answer.</summary>
    public async ValueTask ReportAsync(string scopeLabel, EntryId entry, EntryState state, string questionKey, bool isRight, CancellationToken cancellationToken)
    {
        var scope = await scopes.GetAsync(scopeLabel, cancellationToken).ConfigureAwait(false);
        var features = _served.TryRemove((entry, questionKey), out var decision) ? decision.Features : (MatchFeatures?)null;
        scope.Report(state.GroupOrOwn, features, isRight, time.GetUtcNow());
    }

    /// <summary>Compares the new answer with the one that was, or was not, going to be served, and labels the decision.</summary>
    public async ValueTask<AnswerComparison> LabelAsync(
        ScopeBudget scope, Neighbourhood neighbourhood, BudgetDecision decision, SemanticCacheReason verdict, bool isAudit, StoredAnswer fresh, CancellationToken cancellationToken)
    {
        var request = neighbourhood.Request;
        var match = neighbourhood.Matches[IndexOf(neighbourhood.Neighbours, decision.Candidate)];
        if (await hits.ReadAnswerAsync(match.Id, request.ScopeLabel, cancellationToken).ConfigureAwait(false) is not var (entry, cached))
        {
            return AnswerComparison.Unknown;
        }

        var comparison = await comparer.CompareAsync(request.Question, fresh, cached, cancellationToken).ConfigureAwait(false);
        shadow?.Record(request, match, verdict, comparison);
        if (isAudit)
        {
            telemetry.Audited(comparison.ToString());
        }

        if (comparison == AnswerComparison.Unknown)
        {
            return comparison;
        }

        var outcome = scope.Learn(decision, comparison == AnswerComparison.Same, isAudit, time.GetUtcNow());
        if (outcome.Trips)
        {
            telemetry.BudgetTripped();
            Log.BudgetTripped(logger);
        }

        if (outcome.DropsCandidate)
        {
            await reader.DropAsync(entry, cancellationToken).ConfigureAwait(false);
        }

        scopes.RefitIfDue(request.ScopeLabel, scope);
        return comparison;
    }

    /// <summary>Finds the group of a new answer: that of the nearest stored answer that says the same, one of each group being asked.</summary>
    /// <returns>The group, or 0 where there is none.</returns>
    public async ValueTask<ulong> GroupAsync(
        ScopeBudget scope, Neighbourhood neighbourhood, Neighbour? compared, AnswerComparison known, StoredAnswer fresh, CancellationToken cancellationToken)
    {
        // Where nothing is near enough to be served, hardly any answer is the same, and every comparison may be a model call.
        if (neighbourhood.Matches.Count == 0 || neighbourhood.Matches[0].Similarity < options.MinimumSimilarity)
        {
            return 0;
        }

        var asked = new HashSet<ulong>();
        for (var i = 0; i < neighbourhood.Matches.Count; i++)
        {
            var group = neighbourhood.Neighbours[i].Group;
            if (!asked.Add(group))
            {
                continue;
            }

            if (compared?.Group == group && known == AnswerComparison.Different)
            {
                continue;
            }

            var match = compared?.Group == group ? neighbourhood.Matches[IndexOf(neighbourhood.Neighbours, compared)] : neighbourhood.Matches[i];
            if (await hits.ReadAnswerAsync(match.Id, neighbourhood.Request.ScopeLabel, cancellationToken).ConfigureAwait(false) is not var (entry, cached))
            {
                continue;
            }

            var comparison = compared?.Group == group
                ? known
                : await comparer.CompareAsync(neighbourhood.Request.Question, fresh, cached, cancellationToken).ConfigureAwait(false);
            if (comparison == AnswerComparison.Same)
            {
                scope.Join(group, neighbourhood.UnitVector, entry.Vector.Span);
                return group;
            }
        }

        return 0;
    }

    private static int IndexOf(IReadOnlyList<Neighbour> neighbours, Neighbour candidate)
    {
        var index = 0;
        while (neighbours[index] != candidate)
        {
            index++;
        }

        return index;
    }

    // Whoever could foresee audits could keep a bad answer from being found out.
    private static double DrawUnpredictably()
    {
        const int Bits = 53;
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        return (BitConverter.ToUInt64(bytes) >> (64 - Bits)) / (double)(1L << Bits);
    }
}
