using RagCaching.Semantic.Entries.Answers;

namespace RagCaching.Semantic.Lookups;

/// <summary>A decision of a lookup whose question is now answered anew, so that its outcome can be determined.</summary>
internal interface IExploration
{
    /// <summary>Gets a value indicating whether a stored answer could have been served, so that the new one is generated for the sake of the cache.</summary>
    bool IsCheck => false;

    /// <summary>Learns from the new answer.</summary>
    /// <param name="fresh">The new answer.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits for the answer any more.</param>
    ValueTask<Learnt> LearnAsync(StoredAnswer fresh, CancellationToken cancellationToken);
}
