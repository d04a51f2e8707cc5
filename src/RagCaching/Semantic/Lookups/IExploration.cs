using RagCaching.Semantic.Entries.Answers;

namespace RagCaching.Semantic.Lookups;

/// <summary>A decision of a lookup whose question is now answered anew, so that its outcome can be determined.</summary>
internal interface IExploration
{
    /// <summary>Learns from the new answer.</summary>
    /// <param name="fresh">The new answer.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits for the answer any more.</param>
    ValueTask<Learnt> LearnAsync(StoredAnswer fresh, CancellationToken cancellationToken);
}
