using RagCaching.Comparers;
using RagCaching.ErrorBudgets.Model;
using RagCaching.Semantic.Entries.Answers;
using RagCaching.Semantic.Lookups;

namespace RagCaching.ErrorBudgets;

/// <summary>Finds out which stored answers say the same as a new one.</summary>
internal sealed class GroupFinder(HitLoader hits, ComparerCall comparer, float minimumSimilarity)
{
    /// <summary>Finds the group of a new answer: that of the nearest stored answer that says the same, one of each group being asked.</summary>
    /// <returns>The group, or 0 where there is none.</returns>
    public async ValueTask<ulong> FindAsync(
        ScopeBudget scope, Neighbourhood neighbourhood, Neighbour? compared, AnswerComparison known, StoredAnswer fresh, CancellationToken cancellationToken)
    {
        // Where nothing is near enough to be served, hardly any answer is the same, and every comparison may be a model call.
        if (neighbourhood.Matches.Count == 0 || neighbourhood.Matches[0].Similarity < minimumSimilarity)
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

            var match = compared?.Group == group ? neighbourhood.Matches[neighbourhood.IndexOf(compared)] : neighbourhood.Matches[i];
            if (await hits.LoadForComparisonAsync(match.Id, neighbourhood.Request.ScopeLabel, cancellationToken).ConfigureAwait(false) is not var (entry, cached))
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
}
