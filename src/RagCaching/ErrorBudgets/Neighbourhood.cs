using RagCaching.ErrorBudgets.Model;
using RagCaching.Semantic.Lookups;
using RagCaching.Semantic.Requests;

namespace RagCaching.ErrorBudgets;

/// <summary>A question among the stored ones that are nearest to it.</summary>
internal sealed class Neighbourhood(CacheRequest request, IReadOnlyList<CandidateSearch.Match> matches, float[] unitVector)
{
    public CacheRequest Request => request;

    /// <summary>Gets the question's vector at norm 1.</summary>
    public float[] UnitVector => unitVector;

    /// <summary>Gets the stored questions, nearest first.</summary>
    public IReadOnlyList<CandidateSearch.Match> Matches => matches;

    /// <summary>Gets the same as the budget sees them.</summary>
    public IReadOnlyList<Neighbour> Neighbours { get; } = [.. matches.Select(match =>
        new Neighbour(match.State.Question, match.Id.Nonce, match.State.GroupOrOwn, match.Similarity, match.CreatedAt))];

    /// <summary>Gets the place of one of <see cref="Neighbours"/>, and of its match in <see cref="Matches"/>.</summary>
    public int IndexOf(Neighbour neighbour)
    {
        var index = 0;
        while (Neighbours[index] != neighbour)
        {
            index++;
        }

        return index;
    }
}
