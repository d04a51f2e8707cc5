namespace RagCaching.AspNetCore.Decisions;

/// <summary>Takes note of what came of a query.</summary>
internal sealed class DecisionRecorder(DecisionLog log, TimeProvider time)
{
    public void Record(SemanticCacheQuery query, SemanticCacheResult result)
    {
        // Of a query whose scope could not be found out nobody may see anything.
        if (query.Scope is not { } scope)
        {
            return;
        }

        var near = result.NearMiss;
        var stored = near?.Question ?? result.MatchedQuestion;
        var isCompared = result.Outcome != SemanticCacheOutcome.ExactHit && stored is not null && stored != query.Question;
        log.Add(new Decision
        {
            At = time.GetUtcNow(),
            Scope = scope,
            Outcome = result.Outcome,
            Reason = result.Reason,
            Similarity = isCompared ? near?.Similarity ?? result.Similarity : null,
            NearMiss = isCompared ? near : null,
            EntryId = !isCompared ? null : near is null ? result.EntryId : near.EntryId,
            Question = isCompared ? query.Question : "",
            Stored = isCompared ? stored : null,
        });
    }
}
