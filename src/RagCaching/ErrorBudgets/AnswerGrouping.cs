using RagCaching.Semantic.Entries.Answers;
using RagCaching.Semantic.Lookups;
using RagCaching.Semantic.Requests;

namespace RagCaching.ErrorBudgets;

/// <summary>Finds the group of an answer that was stored without a decision before it.</summary>
internal sealed class AnswerGrouping(CandidateSearch search, BudgetScopes scopes, GroupFinder groups, int neighbours)
{
    public async ValueTask<ulong> GroupAsync(CacheRequest request, ReadOnlyMemory<float> vector, StoredAnswer answer, CancellationToken cancellationToken)
    {
        var scope = await scopes.GetAsync(request.ScopeLabel, cancellationToken).ConfigureAwait(false);
        var matches = await search.FindAsync(request, vector, minimumSimilarity: -1, neighbours, cancellationToken).ConfigureAwait(false);

        // What is about to be replaced is no evidence.
        CandidateSearch.Match[] others = [.. matches.Where(match => match.Id.QuestionKey != request.QuestionKey)];
        return await groups.FindAsync(
            scope, new Neighbourhood(request, others, UnitVectors.Of(vector.Span)), compared: null, AnswerComparison.Unknown, answer, cancellationToken).ConfigureAwait(false);
    }
}
