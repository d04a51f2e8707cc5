using System.Numerics.Tensors;
using RagCaching.Semantic.Matching;
using RagCaching.Semantic.Requests;

namespace RagCaching.Semantic.Flights;

/// <summary>Finds, among the answers being generated, one that may also serve a re-worded question.</summary>
/// <param name="decider">Decides as for a stored answer: floor, then guards.</param>
/// <param name="areAllowed">
/// Whether such joins happen at all. Not where more than the two questions decides, such as an answer's group or its text: neither is known yet.
/// </param>
internal sealed class SemanticJoins(MatchDecider decider, Func<bool> areAllowed)
{
    /// <summary>Tells whether a question may be compared with others by meaning.</summary>
    public bool AreAllowedFor(CacheRequest request, ReadOnlyMemory<float> vector) => !request.ExactOnly && !vector.IsEmpty && areAllowed();

    /// <summary>Joins the flight with the nearest question that may serve this one.</summary>
    /// <param name="request">The question.</param>
    /// <param name="vector">Its vector.</param>
    /// <param name="flights">The flights to compare with; all have vectors.</param>
    /// <param name="tryJoin">Joins a flight, if it can be joined.</param>
    /// <returns>The flight and the similarity of the questions, or <see langword="null"/>.</returns>
    public (AnswerFlight Flight, float Similarity)? TryJoin(
        CacheRequest request, ReadOnlyMemory<float> vector, IEnumerable<AnswerFlight> flights, Func<AnswerFlight, bool> tryJoin)
    {
        var near = flights
            .Where(flight => flight.Vector.Length == vector.Length)
            .Select(flight => (Flight: flight, Similarity: TensorPrimitives.CosineSimilarity(flight.Vector.Span, vector.Span)))
            .Where(candidate => candidate.Similarity >= request.Threshold)
            .OrderByDescending(candidate => candidate.Similarity);
        foreach (var candidate in near)
        {
            if (decider.Decide(request.Question, candidate.Flight.Question, candidate.Similarity, request.Threshold, isRejected: false) == SemanticCacheReason.None
                && tryJoin(candidate.Flight))
            {
                return candidate;
            }
        }

        return null;
    }
}
